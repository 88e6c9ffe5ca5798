import { Backoff } from '../backoff.ts';
import type { Client, ClientEvents, Connect } from '../client.ts';
import { Outbox } from './outbox.ts';

const CARRYING = 'sse';

/** Reads server-sent events by the browser's EventSource; goes on after the last event that it saw. */
export const connectEvents: Connect = (base, events) => new Events(base, events);

class Events implements Client {
  readonly #base: URL;
  readonly #events: ClientEvents;
  readonly #outbox: Outbox;
  readonly #backoff = new Backoff();
  #source: EventSource | undefined;
  /** Undefined where there is none to go on with. */
  #session: string | undefined;
  #cursor = '';
  #timer = 0;

  constructor(base: URL, events: ClientEvents) {
    this.#base = base;
    this.#events = events;
    this.#outbox = new Outbox(base);
    events.state('connecting', CARRYING);
    this.#open();
  }

  send(text: string): void {
    this.#outbox.send(text);
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#source?.close();
    this.#outbox.stop();
    this.#events.state('closed', CARRYING);
  }

  #open(): void {
    // It cannot set a header itself, so the address says how far it is.
    const path = this.#session === undefined ? 'stream' : `stream/${this.#session}/${this.#cursor}`;
    const source = new EventSource(new URL(path, this.#base));
    source.addEventListener('session', ({ data, lastEventId }) => this.#begun(data, lastEventId));
    source.addEventListener('message', ({ data, lastEventId }) => this.#heard(data, lastEventId));
    source.addEventListener('json', ({ data, lastEventId }) => this.#heard(JSON.parse(data), lastEventId));
    source.addEventListener('error', () => this.#lost(source));
    this.#source = source;
  }

  #begun(session: string, cursor: string): void {
    this.#backoff.reset();
    this.#cursor = cursor;
    if (this.#session !== session) this.#outbox.begin(session);
    this.#session = session;
    this.#events.state('open', CARRYING);
  }

  #heard(text: string, cursor: string): void {
    this.#cursor = cursor;
    this.#events.message(text);
  }

  #lost(source: EventSource): void {
    // The browser gives up where it was answered with anything but a stream: the server knows the session no longer.
    if (source.readyState === EventSource.CLOSED) this.#session = undefined;
    source.close();
    this.#events.state('lost', CARRYING);
    this.#timer = setTimeout(() => this.#open(), this.#backoff.nextMs());
  }
}
