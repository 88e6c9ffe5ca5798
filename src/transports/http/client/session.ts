import type { ClientEvents, ClientOptions, Connection, Message } from '../../../contracts.ts';
import { SESSION_PATH } from '../protocol.ts';
import { Backoff } from './backoff.ts';
import { goodbye, vanish } from './goodbye.ts';
import type { Heard } from './heard.ts';
import type { Line } from './line.ts';
import { Outbox } from './outbox.ts';

/** What a session goes by. */
export interface Terms {
  readonly name: string;
  /** Where it asks for its messages. */
  readonly line: Line;
  /** Makes the line that it sends over; most clients send nothing. */
  readonly openUpLine: () => Line;
  /** The server waits for its return where the connection broke. */
  readonly resumes: boolean;
}

/** One client's session: what it sends, hears and goes through, in whichever way it asks for its messages. */
export class Session implements Connection, Heard {
  /** Its name at the server; empty until it has one. */
  id = '';
  readonly #terms: Terms;
  readonly #events: ClientEvents;
  readonly #options: ClientOptions;
  readonly #backoff: Backoff;
  #outbox: Outbox | undefined;
  #upLine: Line | undefined;
  #timer: NodeJS.Timeout | undefined;
  #isInterrupted = false;
  #isOver = false;
  #closed: Promise<void> | undefined;

  constructor(terms: Terms, events: ClientEvents, options: ClientOptions) {
    this.#terms = terms;
    this.#events = events;
    this.#options = options;
    this.#backoff = new Backoff(options.random);
  }

  get carrying(): string {
    return this.#terms.name;
  }

  get path(): string {
    return `${SESSION_PATH}/${this.id}`;
  }

  send(message: Message): void {
    if (!this.#isOver) this.#sender().send(message);
  }

  ask(message: Message): void {
    if (!this.#isOver) this.#sender().ask(message);
  }

  close(): Promise<void> {
    this.#isOver = true;
    clearTimeout(this.#timer);
    const isAwaited = this.#terms.resumes && this.id !== '' && !this.#isInterrupted;
    const path = isAwaited ? this.path : undefined;
    this.#closed ??= goodbye({ outbox: this.#outbox, line: this.#terms.line, upLine: this.#upLine, path });
    return this.#closed;
  }

  cut(): Promise<void> {
    this.#isOver = true;
    clearTimeout(this.#timer);
    this.#closed ??= vanish({ outbox: this.#outbox, line: this.#terms.line, upLine: this.#upLine });
    return this.#closed;
  }

  message(message: Message): void {
    if (!this.#isOver) this.#events.message(message);
  }

  get skims(): boolean {
    return this.#events.skim !== undefined;
  }

  skim(bytes: Buffer, start: number, end: number): void {
    if (!this.#isOver) this.#events.skim?.(bytes, start, end);
  }

  /** Asks after so long, unless it is over by then. */
  askAfter(waitMs: number, ask: () => void): void {
    if (this.#isOver) return;
    if (waitMs > 0) this.#timer = setTimeout(ask, waitMs);
    else ask();
  }

  /** The connection broke: says so, and asks again after a while. */
  askAgain(why: string, ask: () => void): void {
    if (this.#isOver) return;
    this.interrupted(why);
    this.#timer = setTimeout(ask, this.#backoff.nextMs());
  }

  /** The connection broke; told once until it is answered again. */
  interrupted(why: string): void {
    if (this.#isInterrupted || this.#isOver) return;
    this.#isInterrupted = true;
    this.#events.interrupted?.(why);
  }

  /** The server answers as it should. */
  answered(): void {
    this.#backoff.reset();
    if (!this.#isInterrupted || this.#isOver) return;
    this.#isInterrupted = false;
    this.#events.resumed?.(true);
  }

  /** It is over, and was not closed from this side. */
  over(why: string): void {
    if (this.#isOver) return;
    void this.close();
    this.#events.closed(why);
  }

  #sender(): Outbox {
    if (this.#outbox === undefined) {
      this.#upLine = this.#terms.openUpLine();
      this.#outbox = new Outbox(this.#upLine, {
        session: this.id,
        maxMessageBytes: this.#options.maxMessageBytes,
        tell: (answer) => this.message(answer),
        over: (why) => this.over(why),
        backoff: this.#terms.resumes ? new Backoff(this.#options.random) : undefined,
      });
    }
    return this.#outbox;
  }
}
