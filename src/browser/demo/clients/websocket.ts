import { Backoff } from './backoff.ts';
import type { Client, ClientEvents, Connect } from './client.ts';

const CARRYING = 'websocket';

/** The browser's WebSocket with what each program must add: it connects again, and never sees what it missed. */
export const connectWebsocket: Connect = (base, events) => new Socket(base, events);

class Socket implements Client {
  readonly #url: URL;
  readonly #events: ClientEvents;
  readonly #backoff = new Backoff();
  #socket: WebSocket | undefined;
  #timer = 0;
  #isOver = false;

  constructor(base: URL, events: ClientEvents) {
    this.#url = new URL('ws', base);
    this.#url.protocol = base.protocol === 'https:' ? 'wss:' : 'ws:';
    this.#events = events;
    events.state('connecting', CARRYING);
    this.#open();
  }

  send(text: string): void {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(text);
  }

  close(): void {
    this.#isOver = true;
    clearTimeout(this.#timer);
    this.#socket?.close();
    this.#events.state('closed', CARRYING);
  }

  #open(): void {
    const socket = new WebSocket(this.#url);
    socket.addEventListener('open', () => {
      this.#backoff.reset();
      this.#events.state('open', CARRYING);
    });
    socket.addEventListener('message', ({ data }) => {
      if (typeof data === 'string' && !this.#isOver) this.#events.message(data);
    });
    // An error is always followed by this.
    socket.addEventListener('close', () => {
      if (this.#isOver) return;
      this.#events.state('lost', CARRYING);
      this.#timer = setTimeout(() => this.#open(), this.#backoff.nextMs());
    });
    this.#socket = socket;
  }
}
