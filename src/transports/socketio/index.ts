import type { Transport } from '../../contracts.ts';
import { predictOverPolling, predictOverWebsocket } from './model.ts';
import type { Carrier } from './protocol.ts';

/** The library's default: HTTP long polling first, then an upgrade to WebSocket. */
export const socketio = variant(
  'socketio',
  'socket.io as it comes: connects by polling, then upgrades to WebSocket',
  ['polling', 'websocket'],
  { socketsPerClient: 1, settleMs: 200 },
);

/** socket.io that starts with WebSocket and never polls. */
export const socketioWebsocket = variant(
  'socketio-websocket',
  'socket.io over WebSocket from the start',
  ['websocket'],
  { socketsPerClient: 1, settleMs: 50 },
);

/** socket.io where WebSocket is not to be had. */
export const socketioPolling = variant(
  'socketio-polling',
  'socket.io over HTTP long polling alone, as where WebSocket is blocked',
  ['polling'],
  { socketsPerClient: 2, settleMs: 50 },
);

function variant(
  name: string,
  summary: string,
  carriers: [...Carrier[], Carrier],
  { socketsPerClient, settleMs }: { socketsPerClient: number; settleMs: number },
): Transport {
  const carries = carriers[carriers.length - 1] ?? '';
  return {
    name,
    family: 'socketio',
    summary,
    carries,
    resumes: false,
    socketsPerClient,
    settleMs: () => settleMs,
    beatMs: ({ heartbeatMs }) => heartbeatMs,
    takesAdapter: true,
    server: async (adapter) => (await import('./server.ts')).attachWith(carriers, adapter),
    client: async () => (await import('./client.ts')).connectWith(carriers),
    leanClient: async () => (await import('./lean/client.ts')).connectWith(carriers),
    model: carries === 'polling' ? predictOverPolling : predictOverWebsocket,
    annotate: async () => (await import('./transcript.ts')).annotate,
  };
}
