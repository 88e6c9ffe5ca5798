import { clean, cut } from './text.ts';

const LONGEST_NAME = 20;

const IN_PROSE: Readonly<Record<string, string>> = {
  longpoll: 'long polling',
  sse: 'SSE',
  websocket: 'WebSocket',
  socketio: 'socket.io',
  'socketio-websocket': 'socket.io over WebSocket',
  'socketio-polling': 'socket.io over polling',
};

/** A transport's name as tables show it and as people type it. */
export function nameOf(transport: string): string {
  return cut(clean(transport), LONGEST_NAME) || '?';
}

/** A transport's name inside a sentence. */
export function inProse(transport: string): string {
  return (Object.hasOwn(IN_PROSE, transport) ? IN_PROSE[transport] : undefined) ?? nameOf(transport);
}
