import type { ClientEvents, ClientOptions, Connect } from '../../../contracts.ts';
import { messageOf, RtbenchError } from '../../../errors.ts';
import { unlessGivenUp } from '../../giving-up.ts';
import type { Asker, Line, OpenLine } from '../../http/client/line.ts';
import { Session } from '../../http/client/session.ts';
import { MOST_GROWTH, SESSION_ID, STREAM_PATH } from '../../http/protocol.ts';
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
class Stream extends Session implements Asker, StreamHeard {
  readonly #kind: Kind;
  readonly #options: ClientOptions;
  readonly #line: Line;
  #begun: { readonly resolve: () => void; readonly reject: (error: Error) => void } | undefined;
  #decoder: Decoder;
  #cursor: string | undefined;
  #status = 0;

  constructor(kind: Kind, url: URL, events: ClientEvents, options: ClientOptions) {
    const line = kind.openLine(url, options);
    const openUpLine = () => kind.openLine(url, options);
    super({ name: kind.name, line, openUpLine, resumes: kind.resumes }, events, options);
    this.#kind = kind;
    this.#options = options;
    this.#line = line;
    this.#decoder = this.#makeDecoder();
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
    this.answered();
    if (this.#begun === undefined) return;
    if (!SESSION_ID.test(id)) throw new Error('a session without a name');
    this.id = id;
    this.#begun.resolve();
    this.#begun = undefined;
  }

  end(): void {
    this.failed(new Error('the server ended the stream'));
  }

  failed(error: Error): void {
    const unknown = this.#status >= 400 && this.#status < 500;
    this.#status = 0;
    if (this.#begun !== undefined) this.#begun.reject(error);
    else if (this.#kind.resumes && !unknown) this.#resumeLater(error.message);
    else this.over(error.message);
  }

  override over(why: string): void {
    super.over(why);
    // Lets go of what it kept of a line without an end.
    this.#decoder = this.#makeDecoder();
  }

  #resumeLater(why: string): void {
    this.#cursor = this.#decoder.cursor ?? this.#cursor;
    this.#decoder = this.#makeDecoder();
    this.askAgain(why, () => {
      const headers = `Last-Event-ID: ${this.#cursor}\r\n`;
      this.#line.get(`${STREAM_PATH}/${this.id}`, this, { headers });
    });
  }

  #makeDecoder(): Decoder {
    return this.#kind.decoder(this, MOST_GROWTH * this.#options.maxMessageBytes + AROUND_BYTES);
  }
}
