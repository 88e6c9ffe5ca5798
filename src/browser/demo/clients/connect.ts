import type { DemoTransport } from '../../../demo-talk.ts';
import type { Client, ClientEvents, ClientOptions, Connect } from './client.ts';
import { connectEvents } from './http/events.ts';
import { connectLines } from './http/lines.ts';
import { connectLongpoll, connectPolling } from './http/polls.ts';
import { connectSocketio } from './socketio.ts';
import { connectWebsocket } from './websocket.ts';

const CLIENTS: Readonly<Record<DemoTransport, Connect>> = {
  polling: connectPolling,
  longpoll: connectLongpoll,
  streaming: connectLines,
  sse: connectEvents,
  websocket: connectWebsocket,
  socketio: connectSocketio,
};

/** Connects a browser's client by one transport to what is served below `base`, which ends in a slash. */
export function connect(
  transport: DemoTransport,
  base: URL,
  events: ClientEvents,
  options: ClientOptions,
): Client {
  return CLIENTS[transport](base, events, options);
}
