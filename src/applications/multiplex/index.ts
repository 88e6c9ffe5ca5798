import type { Application } from '../application.ts';
import { SLOW_BYTES } from './channels.ts';

/** Several channels for each client: tagged over one connection, over several, or in namespaces. */
export const multiplex: Application = {
  name: 'multiplex',
  summary: 'several independent channels for each client',
  speaker: 'server',
  isTwoWay: true,
  messagesPerSecond: ({ ratePerSecond }) => ratePerSecond,
  largestBytes: ({ slowChannel, payloadBytes }) =>
    slowChannel ? Math.max(SLOW_BYTES, payloadBytes) : payloadBytes,
  connectionsPerClient: ({ multiplex: way, channels }) => (way === 'connections' ? channels : 1),
  server: async (scenario) => new (await import('./server.ts')).MultiplexServer(scenario),
  client: async (scenario) => (await import('./client.ts')).multiplexClient(scenario),
};
