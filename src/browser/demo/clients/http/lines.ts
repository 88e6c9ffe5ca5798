import { Backoff } from '../backoff.ts';
import type { Client, ClientEvents, Connect } from '../client.ts';
import { Outbox } from './outbox.ts';

const CARRYING = 'streaming';

/** Reads an answer that does not end, a line a message; what is published while it is lost never comes. */
export const connectLines: Connect = (base, events) => new Lines(base, events);

class Lines implements Client {
  readonly #base: URL;
  readonly #events: ClientEvents;
  readonly #outbox: Outbox;
  readonly #ending = new AbortController();
  readonly #backoff = new Backoff();

  constructor(base: URL, events: ClientEvents) {
    this.#base = base;
    this.#events = events;
    this.#outbox = new Outbox(base);
    void this.#work();
  }

  send(text: string): void {
    this.#outbox.send(text);
  }

  close(): void {
    this.#ending.abort();
    this.#outbox.stop();
    this.#events.state('closed', CARRYING);
  }

  async #work(): Promise<void> {
    this.#events.state('connecting', CARRYING);
    while (!this.#ending.signal.aborted) {
      await this.#read().catch(() => undefined);
      if (this.#ending.signal.aborted) return;
      this.#events.state('lost', CARRYING);
      await new Promise((resolve) => setTimeout(resolve, this.#backoff.nextMs()));
    }
  }

  async #read(): Promise<void> {
    const { signal } = this.#ending;
    const { status, body } = await fetch(new URL('stream', this.#base), { signal, cache: 'no-store' });
    if (status !== 200 || body === null) throw new Error(`the server answered ${status}`);
    let rest = '';
    const reader = body.pipeThrough(new TextDecoderStream()).getReader();
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      const lines = (rest + part.value).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) this.#take(line);
    }
  }

  /** A text is a message, an empty line says that the server lives, the first line names the session. */
  #take(line: string): void {
    if (line === '') return;
    const value: unknown = JSON.parse(line);
    if (typeof value === 'string') this.#events.message(value);
    else if (typeof value === 'object' && value !== null && 'session' in value) {
      this.#backoff.reset();
      this.#outbox.begin(String(value.session));
      this.#events.state('open', CARRYING);
    }
  }
}
