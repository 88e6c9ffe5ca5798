import type { ClientEvents, ClientOptions, Connection } from '../../../contracts.ts';
import { messageOf, RtbenchError } from '../../../errors.ts';
import { unlessGivenUp } from '../../giving-up.ts';
import type { Heard } from '../../http/client/heard.ts';
import type { Line, OpenLine } from '../../http/client/line.ts';
import { Session } from '../../http/client/session.ts';
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
  const { name, url, openLine, sendsBeside } = asking;
  const line = openLine(url, options);
  try {
    const opening = askOnce((asker) => line.post(SESSION_PATH, '', asker));
    const { status, body } = await unlessGivenUp(options.signal, opening);
    if (status !== 201) throw new Error(`the server answered ${status}`);
    const openUpLine = () => (sendsBeside ? openLine(url, options) : line);
    const session = new Session({ name, line, openUpLine, resumes: true }, events, options);
    new Poller(asking, line, session, options).begin(readOpened(body));
    return session;
  } catch (cause) {
    await line.close();
    const message = `Cannot connect to ${url} by ${name}: ${messageOf(cause)}`;
    throw new RtbenchError('connect', message, { cause });
  }
}

interface Opened {
  readonly id: string;
  readonly cursor: number;
}

function readOpened(body: Buffer): Opened {
  const { session: id, cursor }: Partial<Record<string, unknown>> = JSON.parse(body.toString());
  if (typeof id !== 'string' || !SESSION_ID.test(id) || typeof cursor !== 'number')
    throw new Error('its answer names no session');
  return { id, cursor };
}

/** Asks with its cursor until its session is closed; a request that failed is asked again. */
class Poller extends Whole {
  readonly #asking: Asking;
  readonly #line: Line;
  readonly #session: Session;
  #cursor = 0;

  constructor(asking: Asking, line: Line, session: Session, options: ClientOptions) {
    super(MOST_GROWTH * (options.logBytes + options.maxMessageBytes));
    this.#asking = asking;
    this.#line = line;
    this.#session = session;
  }

  begin({ id, cursor }: Opened): void {
    this.#session.id = id;
    this.#cursor = cursor;
    // Whoever closes it at once has asked for nothing.
    process.nextTick(() => this.#askAfter(this.#asking.firstMs));
  }

  override answered(status: number, type: string, bytes: Buffer, start: number, end: number): void {
    if (status === 200) this.#take(type, bytes, start, end);
    else if (status >= 500) this.failed(new Error(`the server answered ${status}`));
    else if (status !== 204)
      // The server knows it no longer, or it broke a limit.
      this.#session.over(`the server answered ${status}: ${bytes.toString('utf8', start, end).trim()}`);
    if (status > 204) return;
    this.#session.answered();
    this.#askAfter(this.#asking.intervalMs);
  }

  override failed({ message }: Error): void {
    this.#session.askAgain(message, () => this.#ask());
  }

  broken({ message }: Error): void {
    this.#session.interrupted(message);
  }

  #take(type: string, bytes: Buffer, start: number, end: number): void {
    try {
      this.#cursor = this.#asking.read(type, bytes, start, end, this.#session);
    } catch (error) {
      this.#session.over(`the server gave an answer that cannot be read: ${messageOf(error)}`);
    }
  }

  #askAfter(waitMs: number): void {
    this.#session.askAfter(waitMs, () => this.#ask());
  }

  #ask(): void {
    const path = `${this.#session.path}/${this.#cursor}`;
    this.#line.get(path, this, { silentMs: this.#asking.answerMs });
  }
}
