/** What a transport brings or lacks beside its figures, as facts. */
const FEATURES: Readonly<Record<string, string>> = {
  polling: 'plain requests that pass every proxy and hold nothing open; as stale as its interval is long',
  longpoll:
    'plain requests that pass every proxy; a request is open all the time; no rooms or acks of its own',
  streaming:
    'one lasting answer down, requests up; a proxy that buffers holds it back; no rooms or acks of its own',
  sse: 'one lasting answer down, requests up; browsers reconnect and resume by themselves (EventSource); text only',
  websocket:
    'both ways over one connection, bytes as they are; reconnecting, rooms, acks and a fallback are yours to write',
  socketio:
    'rooms, acks, namespaces and reconnecting are built in; falls back to polling where WebSocket is blocked',
  'socketio-websocket':
    'rooms, acks, namespaces and reconnecting are built in; without the fallback where WebSocket is blocked',
  'socketio-polling':
    'rooms, acks, namespaces and reconnecting are built in; passes every proxy; bytes as base64',
};

/** What a transport brings or lacks; empty where nothing is known of it. */
export function featuresOf(transport: string): string {
  return (Object.hasOwn(FEATURES, transport) ? FEATURES[transport] : undefined) ?? '';
}
