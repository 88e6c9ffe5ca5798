import type { Transport } from '../contracts.ts';
import { longpoll } from './longpoll/index.ts';
import { polling } from './polling/index.ts';
import { socketio, socketioPolling, socketioWebsocket } from './socketio/index.ts';
import { sse, streaming } from './streaming/index.ts';
import { websocket } from './websocket/index.ts';

/** Every transport, in the order that tables show them. */
export const transports: readonly Transport[] = [
  polling,
  longpoll,
  streaming,
  sse,
  websocket,
  socketio,
  socketioWebsocket,
  socketioPolling,
];

/** Other names that people type. */
export const aliases: Readonly<Record<string, string>> = {
  ws: 'websocket',
  'socket.io': 'socketio',
  'long-polling': 'longpoll',
};

/** The transport of that name or alias; undefined where there is none. */
export function findTransport(name: string): Transport | undefined {
  const canonical = Object.hasOwn(aliases, name) ? aliases[name] : name;
  return transports.find((transport) => transport.name === canonical);
}
