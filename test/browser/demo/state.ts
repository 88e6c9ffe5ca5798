import { DEMO_TRANSPORTS, type DemoState, FIRST_SETTINGS, type LaneCount } from '../../../src/demo-talk.ts';

const NOTHING: LaneCount = {
  clients: 0,
  requests: 0,
  emptyAnswers: 0,
  bytesUp: 0,
  bytesDown: 0,
  connections: 0,
  cpuUs: 0,
};

/** A demo's state in which every lane has counted the same. */
export function stateWith(state: Partial<DemoState>, count: Partial<LaneCount> = {}): DemoState {
  const all = DEMO_TRANSPORTS.map((transport) => [transport, { ...NOTHING, ...count }]);
  return {
    atMs: 0,
    settings: FIRST_SETTINGS,
    network: { isCut: false, isWebSocketBlocked: false },
    server: 'running',
    starts: 1,
    published: 0,
    visitors: 1,
    lanes: Object.fromEntries(all),
    cluster: {
      missing: null,
      phase: 'off',
      hasAdapter: true,
      redis: 'running',
      ports: [],
      published: 0,
    },
    tour: null,
    ...state,
  };
}
