import type { ClientEvents, ClientOptions, Connection, Message } from '../../../contracts.ts';
import { messageOf, RtbenchError } from '../../../errors.ts';
import { unlessGivenUp } from '../../giving-up.ts';
import { Backoff } from '../../http/client/backoff.ts';
import { goodbye, vanish } from '../../http/client/goodbye.ts';
import type { Line } from '../../http/client/line.ts';
import { Outbox } from '../../http/client/outbox.ts';
import { askOnce, Whole } from '../../http/client/whole.ts';
import { SESSION_PATH } from '../../http/protocol.ts';
import { decodeAnswer } from '../answer.ts';

/** What differs between clients that ask for their messages. */
export interface Asking {
  readonly name: string;
  readonly url: URL;
  /** Where it asks, and where it sends; may be one. */
  readonly line: Line;
  readonly upLine: Line;
  /** When it asks first, and how long after each answer it asks again. */
  readonly pace: { readonly firstMs: number; readonly intervalMs: number };
  /** How long an answer may take. */
  readonly answerMs: number;
}

/** Opens a session and begins to ask. */
export async function openPoller(
  asking: Asking,
  events: ClientEvents,
  options: ClientOptions,
): Promise<Connection> {
  try {
    const opening = askOnce((asker) => asking.line.post(SESSION_PATH, '', asker));
    const { status, body } = await unlessGivenUp(options.signal, opening);
    if (status !== 201) throw new Error(`the server answered ${status}`);
    return new Poller(asking, readSession(body), events, options);
  } catch (cause) {
    await asking.line.close();
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
  if (typeof session !== 'string' || typeof cursor !== 'number')
    throw new Error('its answer names no session');
  return { session, cursor };
}

/** Asks with its cursor until it is closed; a request that failed is asked again. */
class Poller extends Whole implements Connection {
  readonly carrying: string;
  readonly #asking: Asking;
  readonly #session: string;
  readonly #events: ClientEvents;
  readonly #backoff: Backoff;
  readonly #outbox: Outbox;
  readonly #tell: (message: Message) => void;
  #cursor: number;
  #timer: NodeJS.Timeout | undefined;
  #isInterrupted = false;
  #over = false;
  #closed: Promise<void> | undefined;

  constructor(asking: Asking, { session, cursor }: Opened, events: ClientEvents, options: ClientOptions) {
    super();
    this.carrying = asking.name;
    this.#asking = asking;
    this.#session = `${SESSION_PATH}/${session}`;
    this.#cursor = cursor;
    this.#events = events;
    this.#tell = (message) => {
      if (!this.#over) events.message(message);
    };
    this.#backoff = new Backoff(options.random);
    this.#outbox = new Outbox(asking.upLine, {
      session,
      maxMessageBytes: options.maxMessageBytes,
      tell: this.#tell,
      over: (why) => this.#end(why),
      backoff: new Backoff(options.random),
    });
    this.#askAfter(asking.pace.firstMs);
  }

  send(message: Message): void {
    if (!this.#over) this.#outbox.send(message);
  }

  ask(message: Message): void {
    if (!this.#over) this.#outbox.ask(message);
  }

  close(): Promise<void> {
    this.#over = true;
    clearTimeout(this.#timer);
    const { line, upLine } = this.#asking;
    const path = this.#isInterrupted ? undefined : this.#session;
    this.#closed ??= goodbye({ outbox: this.#outbox, line, upLine, path });
    return this.#closed;
  }

  cut(): Promise<void> {
    this.#over = true;
    clearTimeout(this.#timer);
    const { line, upLine } = this.#asking;
    this.#closed ??= vanish({ outbox: this.#outbox, line, upLine });
    return this.#closed;
  }

  override answered(status: number, type: string, body: Buffer): void {
    if (status === 200) this.#take(type, body);
    else if (status >= 500) this.failed(new Error(`the server answered ${status}`));
    else if (status !== 204) this.#end(`the server answered ${status}: ${body.toString().trim()}`);
    if (status > 204) return;
    this.#backoff.reset();
    this.#resumed();
    this.#askAfter(this.#asking.pace.intervalMs);
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

  #resumed(): void {
    if (!this.#isInterrupted || this.#over) return;
    this.#isInterrupted = false;
    this.#events.resumed?.(true);
  }

  #take(type: string, body: Buffer): void {
    try {
      this.#cursor = decodeAnswer(type, body, this.#tell);
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
    const { line, answerMs } = this.#asking;
    line.get(`${this.#session}/${this.#cursor}`, this, { silentMs: answerMs });
  }

  /** The server knows it no longer, or it broke a limit: it is over on both sides. */
  #end(why: string): void {
    if (this.#over) return;
    void this.close();
    this.#events.closed(why);
  }
}
