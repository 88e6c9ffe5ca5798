import type { ClientEvents, ClientOptions, Connection, Message } from '../../../contracts.ts';
import { messageOf, RtbenchError } from '../../../errors.ts';
import { unlessGivenUp } from '../../giving-up.ts';
import { Backoff } from '../../http/client/backoff.ts';
import { goodbye, vanish } from '../../http/client/goodbye.ts';
import type { Heard } from '../../http/client/heard.ts';
import type { Line, OpenLine } from '../../http/client/line.ts';
import { Outbox } from '../../http/client/outbox.ts';
import { askOnce, Whole } from '../../http/client/whole.ts';
import { MOST_GROWTH, SESSION_ID, SESSION_PATH } from '../../http/protocol.ts';

/** Reads an answer's body, which lies in `bytes` from `start` to `end`, and returns the new cursor; throws where it is no answer. */
export type ReadAnswer = (type: string, bytes: Buffer, start: number, end: number, heard: Heard) => number;

/** How a crowd's clients ask, and read what they are answered. */
export interface Manners {
  readonly openLine: OpenLine;
  readonly read: ReadAnswer;
}

/** What differs between clients that ask for their messages. */
export interface Asking extends Manners {
  readonly name: string;
  readonly url: URL;
  /** What it sends takes a line of its own: a request for messages may be held. */
  readonly sendsBeside: boolean;
  /** When it asks first, and how long after each answer it asks again. */
  readonly firstMs: number;
  readonly intervalMs: number;
  /** How long an answer may take. */
  readonly answerMs: number;
}

/** Opens a session and begins to ask. */
export async function openPoller(
  asking: Asking,
  events: ClientEvents,
  options: ClientOptions,
): Promise<Connection> {
  const line = asking.openLine(asking.url, options);
  try {
    const opening = askOnce((asker) => line.post(SESSION_PATH, '', asker));
    const { status, body } = await unlessGivenUp(options.signal, opening);
    if (status !== 201) throw new Error(`the server answered ${status}`);
    return new Poller(asking, line, readSession(body), events, options);
  } catch (cause) {
    await line.close();
    const message = `Cannot connect to ${asking.url} by ${asking.name}: ${messageOf(cause)}`;
    throw new RtbenchError('connect', message, { cause });
  }
}

interface Opened {
  readonly session: string;
  readonly cursor: number;
}

function readSession(body: Buffer): Opened {
  const { session, cursor }: Partial<Record<string, unknown>> = JSON.parse(body.toString());
  if (typeof session !== 'string' || !SESSION_ID.test(session) || typeof cursor !== 'number')
    throw new Error('its answer names no session');
  return { session, cursor };
}

/** Asks with its cursor until it is closed; a request that failed is asked again. */
class Poller extends Whole implements Connection, Heard {
  readonly #asking: Asking;
  readonly #line: Line;
  readonly #session: string;
  readonly #events: ClientEvents;
  readonly #options: ClientOptions;
  readonly #backoff: Backoff;
  #outbox: Outbox | undefined;
  #upLine: Line | undefined;
  #cursor: number;
  #timer: NodeJS.Timeout | undefined;
  #isInterrupted = false;
  #over = false;
  #closed: Promise<void> | undefined;

  constructor(
    asking: Asking,
    line: Line,
    { session, cursor }: Opened,
    events: ClientEvents,
    options: ClientOptions,
  ) {
    super(MOST_GROWTH * (options.logBytes + options.maxMessageBytes));
    this.#asking = asking;
    this.#line = line;
    this.#session = session;
    this.#cursor = cursor;
    this.#events = events;
    this.#options = options;
    this.#backoff = new Backoff(options.random);
    this.#askAfter(asking.firstMs);
  }

  get carrying(): string {
    return this.#asking.name;
  }

  send(message: Message): void {
    if (!this.#over) this.#sender().send(message);
  }

  ask(message: Message): void {
    if (!this.#over) this.#sender().ask(message);
  }

  close(): Promise<void> {
    this.#over = true;
    clearTimeout(this.#timer);
    const path = this.#isInterrupted ? undefined : `${SESSION_PATH}/${this.#session}`;
    this.#closed ??= goodbye({ outbox: this.#outbox, line: this.#line, upLine: this.#upLine, path });
    return this.#closed;
  }

  cut(): Promise<void> {
    this.#over = true;
    clearTimeout(this.#timer);
    this.#closed ??= vanish({ outbox: this.#outbox, line: this.#line, upLine: this.#upLine });
    return this.#closed;
  }

  override answered(status: number, type: string, bytes: Buffer, start: number, end: number): void {
    if (status === 200) this.#take(type, bytes, start, end);
    else if (status >= 500) this.failed(new Error(`the server answered ${status}`));
    else if (status !== 204)
      this.#end(`the server answered ${status}: ${bytes.toString('utf8', start, end).trim()}`);
    if (status > 204) return;
    this.#backoff.reset();
    this.#resumed();
    this.#askAfter(this.#asking.intervalMs);
  }

  override failed(error: Error): void {
    if (this.#over) return;
    this.broken(error);
    this.#timer = setTimeout(() => this.#ask(), this.#backoff.nextMs());
  }

  broken({ message }: Error): void {
    if (this.#isInterrupted || this.#over) return;
    this.#isInterrupted = true;
    this.#events.interrupted?.(message);
  }

  message(message: Message): void {
    if (!this.#over) this.#events.message(message);
  }

  get skims(): boolean {
    return this.#events.skim !== undefined;
  }

  skim(bytes: Buffer, start: number, end: number): void {
    if (!this.#over) this.#events.skim?.(bytes, start, end);
  }

  #resumed(): void {
    if (!this.#isInterrupted || this.#over) return;
    this.#isInterrupted = false;
    this.#events.resumed?.(true);
  }

  #take(type: string, bytes: Buffer, start: number, end: number): void {
    try {
      this.#cursor = this.#asking.read(type, bytes, start, end, this);
    } catch (error) {
      this.#end(`the server gave an answer that cannot be read: ${messageOf(error)}`);
    }
  }

  #askAfter(waitMs: number): void {
    if (this.#over) return;
    if (waitMs > 0) this.#timer = setTimeout(() => this.#ask(), waitMs);
    else this.#ask();
  }

  #ask(): void {
    const path = `${SESSION_PATH}/${this.#session}/${this.#cursor}`;
    this.#line.get(path, this, { silentMs: this.#asking.answerMs });
  }

  /** Most clients send nothing. */
  #sender(): Outbox {
    if (this.#outbox === undefined) {
      const { openLine, sendsBeside, url } = this.#asking;
      this.#upLine = sendsBeside ? openLine(url, this.#options) : this.#line;
      this.#outbox = new Outbox(this.#upLine, {
        session: this.#session,
        maxMessageBytes: this.#options.maxMessageBytes,
        tell: (answer) => this.message(answer),
        over: (why) => this.#end(why),
        backoff: new Backoff(this.#options.random),
      });
    }
    return this.#outbox;
  }

  /** The server knows it no longer, or it broke a limit: it is over on both sides. */
  #end(why: string): void {
    if (this.#over) return;
    void this.close();
    this.#events.closed(why);
  }
}
