/** What a lean crowd may cost over what its server costs, for one message each. */
export const DRIVER_OVER_SERVER: Readonly<Record<string, number>> = {
  polling: 1.0,
  longpoll: 0.6,
  streaming: 0.8,
  sse: 0.8,
  websocket: 0.8,
  socketio: 0.6,
  'socketio-websocket': 0.6,
  'socketio-polling': 0.6,
};

/** What a message and a client of it may cost at most, over WebSocket. */
export const WEBSOCKET = { driverUs: 6.5, bytesPerClient: 4000 };
