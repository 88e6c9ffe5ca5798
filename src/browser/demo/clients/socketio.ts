import { io, type Socket } from 'socket.io-client';
import type { ClientEvents, Connect } from './client.ts';

/** What an event is called on the wire; transports/socketio/protocol.ts says so too. */
const EVENT = 'm';
/** What a packet that carries an event begins with. */
const EVENT_PACKET = '2';
/** Where the server sent it away, the library does not come back by itself. */
const RETURN_MS = 1_000;

interface Events {
  [EVENT](message: unknown): void;
}

type Engine = Socket['io']['engine'];

/** socket.io's own client as it comes: by polling first, then upgraded where that works, and back by itself. */
export const connectSocketio: Connect = (base, events) => {
  const path = new URL('socket.io/', base).pathname;
  const socket: Socket<Events, Events> = io(base.origin, { path, forceNew: true });
  const manager = socket.io;
  const carrying = () => manager.engine.transport.name;
  let asked = 0;
  let timer = 0;
  let isOver = false;
  let isReturning = false;

  const tell = (phase: 'connecting' | 'open' | 'lost') => {
    if (!isOver) events.state(phase, carrying());
  };
  tell('connecting');
  manager.on('open', () => {
    const { engine } = manager;
    tell(isReturning ? 'lost' : 'connecting');
    watchPolls(engine, events, () => ++asked);
    engine.on('upgrade', () => {
      if (socket.connected) tell('open');
    });
  });
  manager.on('error', () => tell('lost'));
  socket.on('connect', () => {
    isReturning = true;
    tell('open');
  });
  socket.on('disconnect', () => {
    tell('lost');
    if (!socket.active && !isOver) timer = setTimeout(() => socket.connect(), RETURN_MS);
  });
  socket.on(EVENT, (message) => {
    if (typeof message === 'string') events.message(message);
  });

  return {
    send: (text) => void socket.emit(EVENT, text),
    close() {
      isOver = true;
      clearTimeout(timer);
      socket.disconnect();
      events.state('closed', carrying());
    },
  };
};

/** Tells of the requests of the polling carrier, which waits for its answers as long polling does. */
function watchPolls(engine: Engine, events: ClientEvents, nextId: () => number): void {
  let waiting: number | undefined;
  let messages = 0;
  const answered = (count: number | null) => {
    if (waiting !== undefined) events.answered(waiting, count);
    waiting = undefined;
    messages = 0;
  };
  engine.transport.on('poll', () => {
    waiting = nextId();
    events.asked(waiting);
  });
  engine.transport.on('pollComplete', () => answered(messages));
  engine.transport.on('packet', ({ type, data }) => {
    if (type === 'message' && String(data).startsWith(EVENT_PACKET)) messages++;
  });
  engine.on('close', () => answered(null));
}
