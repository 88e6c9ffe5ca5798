import { Backoff } from '../backoff.ts';

/** Among what a page may send to another origin without asking first. */
const TEXT_TYPE = 'text/plain;charset=utf-8';
const SERVER_ERROR = 500;

/** What a client sends by HTTP: one POST for each message, in order, each numbered so that the server takes it once. */
export class Outbox {
  readonly #base: URL;
  readonly #backoff = new Backoff();
  readonly #queue: string[] = [];
  #session: string | undefined;
  /** Number of the message at the queue's head. */
  #number = 1;
  #isPosting = false;

  constructor(base: URL) {
    this.#base = base;
  }

  /** From now on messages go to this session; what waits for one goes off. */
  begin(session: string): void {
    this.#session = session;
    this.#number = 1;
    void this.#post();
  }

  send(text: string): void {
    this.#queue.push(text);
    void this.#post();
  }

  /** Sends nothing more, and lets the server forget the session. */
  stop(): void {
    this.#queue.length = 0;
    if (this.#session === undefined) return;
    const url = new URL(`session/${this.#session}`, this.#base);
    this.#session = undefined;
    fetch(url, { method: 'DELETE', keepalive: true }).catch(() => undefined);
  }

  async #post(): Promise<void> {
    if (this.#isPosting) return;
    this.#isPosting = true;
    for (let [text] = this.#queue; text !== undefined && this.#session !== undefined; [text] = this.#queue) {
      const session = this.#session;
      const isTried = await this.#try(session, text);
      if (!isTried) await new Promise((resolve) => setTimeout(resolve, this.#backoff.nextMs()));
      else if (session === this.#session) this.#queue.shift();
    }
    this.#isPosting = false;
  }

  /** Whether the server has decided: it took the message, or will never take it. */
  async #try(session: string, text: string): Promise<boolean> {
    try {
      const url = new URL(`session/${session}/${this.#number}`, this.#base);
      const { status } = await fetch(url, {
        method: 'POST',
        body: text,
        headers: { 'content-type': TEXT_TYPE },
      });
      if (status >= SERVER_ERROR) return false;
      this.#backoff.reset();
      if (status < 300 && session === this.#session) this.#number++;
      return true;
    } catch {
      return false;
    }
  }
}
