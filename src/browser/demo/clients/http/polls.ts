import { Backoff } from '../backoff.ts';
import type { Client, ClientEvents, ClientOptions, Connect } from '../client.ts';
import { Outbox } from './outbox.ts';

/** The longest that a change of the poll interval goes unnoticed. */
const LOOK_MS = 250;

/** Asks again a while after each answer. */
export const connectPolling: Connect = (base, events, options) =>
  new Polls('polling', base, events, options.pollIntervalMs);

/** Asks again at once; the server answers when there is something. */
export const connectLongpoll: Connect = (base, events) => new Polls('longpoll', base, events, () => 0);

/** Asks with its cursor until it is closed; what was missed while a connection was lost comes with the next answer. */
class Polls implements Client {
  readonly #carrying: string;
  readonly #base: URL;
  readonly #events: ClientEvents;
  readonly #pauseMs: ClientOptions['pollIntervalMs'];
  readonly #outbox: Outbox;
  readonly #ending = new AbortController();
  readonly #backoff = new Backoff();
  /** Where it asks; undefined where the server knows it no longer. */
  #session: string | undefined;
  #cursor = 0;
  #asked = 0;

  constructor(carrying: string, base: URL, events: ClientEvents, pauseMs: ClientOptions['pollIntervalMs']) {
    this.#carrying = carrying;
    this.#base = base;
    this.#events = events;
    this.#pauseMs = pauseMs;
    this.#outbox = new Outbox(base);
    void this.#work();
  }

  send(text: string): void {
    this.#outbox.send(text);
  }

  close(): void {
    this.#ending.abort();
    this.#outbox.stop();
    this.#events.state('closed', this.#carrying);
  }

  get #isOver(): boolean {
    return this.#ending.signal.aborted;
  }

  async #work(): Promise<void> {
    this.#events.state('connecting', this.#carrying);
    while (!this.#isOver) {
      try {
        if (this.#session === undefined) await this.#open();
        await this.#ask();
        this.#backoff.reset();
        await this.#pause();
      } catch {
        if (this.#isOver) return;
        this.#events.state('lost', this.#carrying);
        await wait(this.#backoff.nextMs());
      }
    }
  }

  async #open(): Promise<void> {
    const { signal } = this.#ending;
    const response = await fetch(new URL('session', this.#base), { method: 'POST', signal });
    if (response.status !== 201) throw new Error(`the server answered ${response.status}`);
    const { session, cursor } = await response.json();
    this.#session = String(session);
    this.#cursor = Number(cursor);
    this.#outbox.begin(this.#session);
    this.#events.state('open', this.#carrying);
  }

  async #ask(): Promise<void> {
    const id = ++this.#asked;
    let messages: number | null = null;
    this.#events.asked(id);
    try {
      messages = await this.#answer();
    } finally {
      this.#events.answered(id, messages);
    }
  }

  async #answer(): Promise<number> {
    const { signal } = this.#ending;
    const url = new URL(`session/${this.#session}/${this.#cursor}`, this.#base);
    const response = await fetch(url, { signal, cache: 'no-store' });
    if (response.status === 404) this.#session = undefined;
    if (response.status > 204) throw new Error(`the server answered ${response.status}`);
    // It may have been waiting for news for long after a connection was lost.
    this.#events.state('open', this.#carrying);
    if (response.status === 204) return 0;
    const { cursor, messages } = await response.json();
    this.#cursor = Number(cursor);
    for (const message of messages) this.#events.message(String(message));
    return messages.length;
  }

  async #pause(): Promise<void> {
    const answeredMs = performance.now();
    for (let leftMs = this.#pauseMs(); leftMs > 0 && !this.#isOver; ) {
      await wait(Math.min(leftMs, LOOK_MS));
      leftMs = answeredMs + this.#pauseMs() - performance.now();
    }
  }
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
