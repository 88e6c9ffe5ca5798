import { DEMO_TRANSPORTS, type DemoTransport, type LaneCount } from '../../demo-talk.ts';
import type { DemoReading } from '../protocol.ts';

/** What the server knows of its lanes. */
export type ServedLanes = DemoReading['lanes'];
/** What the relay knows of one lane. */
export type Carried = Pick<LaneCount, 'bytesUp' | 'bytesDown' | 'connections'>;

const NOBODY = { clients: 0, requests: 0, emptyAnswers: 0, cpuUs: 0 };
const NOTHING: Carried = { bytesUp: 0, bytesDown: 0, connections: 0 };

/** What has been counted by a process that is gone and by the one in its place; clients are only those of now. */
export function sumOf(gone: ServedLanes, now: ServedLanes): ServedLanes {
  return perTransport((transport) => {
    const [before, after] = [gone[transport] ?? NOBODY, now[transport] ?? NOBODY];
    return {
      clients: after.clients,
      requests: before.requests + after.requests,
      emptyAnswers: before.emptyAnswers + after.emptyAnswers,
      cpuUs: before.cpuUs + after.cpuUs,
    };
  });
}

/** The lanes as a page is shown them. */
export function countsOf(served: ServedLanes, carried: readonly Carried[]): Record<DemoTransport, LaneCount> {
  return perTransport((transport, index) => ({
    ...(served[transport] ?? NOBODY),
    ...(carried[index] ?? NOTHING),
  }));
}

/** One for each transport; they are asked for with its place among all. */
export function perTransport<Value>(
  make: (transport: DemoTransport, place: number) => Value,
): Record<DemoTransport, Value> {
  const of = (transport: DemoTransport) => make(transport, DEMO_TRANSPORTS.indexOf(transport));
  return {
    polling: of('polling'),
    longpoll: of('longpoll'),
    streaming: of('streaming'),
    sse: of('sse'),
    websocket: of('websocket'),
    socketio: of('socketio'),
  };
}
