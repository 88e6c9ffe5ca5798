import type { ClientEvents, ClientOptions, Connect, Connection, Message } from '../../../contracts.ts';
import { messageOf, RtbenchError } from '../../../errors.ts';
import { unlessGivenUp } from '../../giving-up.ts';
import { Backoff } from '../../http/client/backoff.ts';
import { goodbye, vanish } from '../../http/client/goodbye.ts';
import type { Asker, Line, OpenLine } from '../../http/client/line.ts';
import { Outbox } from '../../http/client/outbox.ts';
import { MOST_GROWTH, SESSION_ID, SESSION_PATH, STREAM_PATH } from '../../http/protocol.ts';
import type { Decoder, MakeDecoder, StreamHeard } from './decoder.ts';

/** What differs between streams, and between crowds. */
interface Kind {
  readonly name: string;
  readonly type: string;
  readonly resumes: boolean;
  readonly openLine: OpenLine;
  readonly decoder: MakeDecoder;
}

/** How a crowd's clients ask, and read what they are sent. */
export type Manners = Pick<Kind, 'openLine' | 'decoder'>;

const NDJSON = { name: 'streaming', type: 'application/x-ndjson', resumes: false };
const EVENTS = { name: 'sse', type: 'text/event-stream', resumes: true };
/** What stands around a message, with room to spare. */
const AROUND_BYTES = 1 << 10;

/** Opens a stream of JSON lines. */
export const ndjsonBy = (manners: Manners) => connectBy({ ...NDJSON, ...manners });

/** Opens a stream of server-sent events. */
export const eventsBy = (manners: Manners) => connectBy({ ...EVENTS, ...manners });

function connectBy(kind: Kind): Connect {
  return async (url, events, options) => {
    const stream = new Stream(kind, url, events, options);
    try {
      await stream.begin();
      return stream;
    } catch (cause) {
      const message = `Cannot connect to ${url} by ${kind.name}: ${messageOf(cause)}`;
      throw new RtbenchError('connect', message, { cause });
    }
  };
}

/** Reads its stream until it is closed; where the transport resumes, a stream that was lost is asked for again. */
class Stream implements Connection, Asker, StreamHeard {
  readonly #kind: Kind;
  readonly #url: URL;
  readonly #events: ClientEvents;
  readonly #options: ClientOptions;
  readonly #line: Line;
  readonly #backoff: Backoff;
  #upLine: Line | undefined;
  #outbox: Outbox | undefined;
  #begun: { readonly resolve: () => void; readonly reject: (error: Error) => void } | undefined;
  #session = '';
  #decoder: Decoder;
  #cursor: string | undefined;
  #status = 0;
  #timer: NodeJS.Timeout | undefined;
  #isInterrupted = false;
  #over = false;
  #closed: Promise<void> | undefined;

  constructor(kind: Kind, url: URL, events: ClientEvents, options: ClientOptions) {
    this.#kind = kind;
    this.#url = url;
    this.#events = events;
    this.#options = options;
    this.#line = kind.openLine(url, options);
    this.#backoff = new Backoff(options.random);
    this.#decoder = this.#makeDecoder();
  }

  get carrying(): string {
    return this.#kind.name;
  }

  /** Resolves when the stream has begun; rejects, with nothing left open, when it cannot. */
  async begin(): Promise<void> {
    try {
      const opening = new Promise<void>((resolve, reject) => {
        this.#begun = { resolve, reject };
        this.#line.get(STREAM_PATH, this);
      });
      await unlessGivenUp(this.#options.signal, opening);
    } catch (error) {
      await this.close();
      throw error;
    }
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
    const isAwaited = this.#kind.resumes && this.#session !== '' && !this.#isInterrupted;
    const path = isAwaited ? `${SESSION_PATH}/${this.#session}` : undefined;
    this.#closed ??= goodbye({ outbox: this.#outbox, line: this.#line, upLine: this.#upLine, path });
    return this.#closed;
  }

  cut(): Promise<void> {
    this.#over = true;
    clearTimeout(this.#timer);
    this.#closed ??= vanish({ outbox: this.#outbox, line: this.#line, upLine: this.#upLine });
    return this.#closed;
  }

  head(status: number, type: string): void {
    this.#status = status;
    if (status !== 200) throw new Error(`the server answered ${status}`);
    if (type !== this.#kind.type) throw new Error(`the server answered with ${type || 'no type'}`);
    const { heartbeatMs, heartbeatTimeoutMs } = this.#options;
    this.#line.allow(heartbeatMs + heartbeatTimeoutMs);
  }

  data(bytes: Buffer, start: number, end: number): void {
    this.#decoder.feed(bytes, start, end);
  }

  session(id: string): void {
    this.#backoff.reset();
    this.#resumed();
    if (this.#begun === undefined) return;
    if (!SESSION_ID.test(id)) throw new Error('a session without a name');
    this.#session = id;
    this.#begun.resolve();
    this.#begun = undefined;
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

  end(): void {
    this.failed(new Error('the server ended the stream'));
  }

  failed(error: Error): void {
    const unknown = this.#status >= 400 && this.#status < 500;
    this.#status = 0;
    if (this.#begun !== undefined) this.#begun.reject(error);
    else if (this.#kind.resumes && !unknown) this.#resumeLater(error.message);
    else this.#end(error.message);
  }

  #resumeLater(why: string): void {
    if (this.#over) return;
    if (!this.#isInterrupted) this.#events.interrupted?.(why);
    this.#isInterrupted = true;
    this.#cursor = this.#decoder.cursor ?? this.#cursor;
    this.#decoder = this.#makeDecoder();
    this.#timer = setTimeout(() => {
      const headers = `Last-Event-ID: ${this.#cursor}\r\n`;
      this.#line.get(`${STREAM_PATH}/${this.#session}`, this, { headers });
    }, this.#backoff.nextMs());
  }

  #resumed(): void {
    if (!this.#isInterrupted || this.#over) return;
    this.#isInterrupted = false;
    this.#events.resumed?.(true);
  }

  #makeDecoder(): Decoder {
    return this.#kind.decoder(this, MOST_GROWTH * this.#options.maxMessageBytes + AROUND_BYTES);
  }

  /** Most clients send nothing. */
  #sender(): Outbox {
    if (this.#outbox === undefined) {
      this.#upLine = this.#kind.openLine(this.#url, this.#options);
      this.#outbox = new Outbox(this.#upLine, {
        session: this.#session,
        maxMessageBytes: this.#options.maxMessageBytes,
        tell: (answer) => this.message(answer),
        over: (why) => this.#end(why),
        backoff: this.#kind.resumes ? new Backoff(this.#options.random) : undefined,
      });
    }
    return this.#outbox;
  }

  #end(why: string): void {
    if (this.#over) return;
    void this.close();
    // Lets go of what it kept of a line without an end.
    this.#decoder = this.#makeDecoder();
    this.#events.closed(why);
  }
}
