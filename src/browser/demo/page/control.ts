import type { Asking, DemoState, DemoTransport, Place, Telling } from '../../../demo-talk.ts';
import { Backoff } from '../clients/backoff.ts';
import { Clock } from './clock.ts';

/** How often the clocks are compared. */
const CLOCK_EVERY_MS = 2_000;

type Welcome = Extract<Telling, { readonly type: 'welcome' }>;

/** What a page hears over its control connection. */
export interface ControlEvents {
  /** Each time that it is connected. */
  welcome(welcome: Welcome): void;
  state(state: DemoState): void;
  refused(why: string): void;
  /** The demo is not there; it is looked for again. */
  lost(): void;
}

/** The page's connection to the demo itself, past all that is done to the network of the lanes. */
export class Control {
  readonly clock = new Clock();
  readonly #events: ControlEvents;
  readonly #backoff = new Backoff();
  #socket: WebSocket | undefined;
  #ports: Welcome['ports'] | undefined;

  constructor(events: ControlEvents) {
    this.#events = events;
    this.#open();
    setInterval(() => this.#askTime(), CLOCK_EVERY_MS);
  }

  ask(asking: Asking): void {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(asking));
  }

  /** Where a transport is served, as `connect` wants it; only after the welcome. */
  baseOf(place: Place, transport: DemoTransport, port = this.#ports?.[transport]): URL {
    const { protocol, hostname } = location;
    return new URL(`${protocol}//${hostname}:${port}/${place}/${transport}/`);
  }

  #open(): void {
    const url = new URL('/control', location.href);
    url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
    const socket = new WebSocket(url);
    this.#socket = socket;
    socket.addEventListener('open', () => {
      this.#backoff.reset();
      this.ask({ type: 'hello', token: new URLSearchParams(location.hash.slice(1)).get('token') });
      this.#askTime();
    });
    socket.addEventListener('message', ({ data }) => this.#hear(JSON.parse(data)));
    socket.addEventListener('close', () => {
      this.#events.lost();
      setTimeout(() => this.#open(), this.#backoff.nextMs());
    });
  }

  #askTime(): void {
    this.ask({ type: 'clock', sentMs: Clock.ownMs() });
  }

  #hear(telling: Telling): void {
    switch (telling.type) {
      case 'welcome':
        this.#ports = telling.ports;
        this.#events.welcome(telling);
        break;
      case 'state':
        this.#events.state(telling.state);
        break;
      case 'clock':
        this.clock.compare(telling.sentMs, telling.atMs, Clock.ownMs());
        break;
      case 'refused':
        this.#events.refused(telling.why);
    }
  }
}
