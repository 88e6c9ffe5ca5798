import type { Transport } from '../../contracts.ts';
import { predictWebsocket } from './model.ts';

/** Raw WebSocket by the `ws` package: one frame per message, both ways. */
export const websocket: Transport = {
  name: 'websocket',
  family: 'websocket',
  summary: 'one TCP connection, upgraded once; one frame per message, both ways',
  carries: 'websocket',
  resumes: false,
  socketsPerClient: 1,
  settleMs: () => 50,
  beatMs: ({ heartbeatMs }) => heartbeatMs,
  server: async () => (await import('./server.ts')).attach,
  client: async () => (await import('./client.ts')).connect,
  leanClient: async () => (await import('./lean/connect.ts')).connect,
  model: predictWebsocket,
  annotate: async () => (await import('./transcript.ts')).annotate,
};
