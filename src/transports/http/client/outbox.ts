import type { Message } from '../../../contracts.ts';
import { ASK_PATH, BINARY_TYPE, SESSION_PATH } from '../protocol.ts';
import type { Backoff } from './backoff.ts';
import type { Line } from './line.ts';
import { Whole } from './whole.ts';

/** Above this a status is a server's or a proxy's trouble, which may pass. */
const SERVER_ERROR = 500;

/** A message, and where it goes: to be taken, or to be answered. */
interface Letter {
  readonly path: string;
  readonly message: Message;
}

/** What a client sends: one POST for each message, in order, each numbered so that the server takes it once. */
export class Outbox extends Whole {
  readonly #line: Line;
  readonly #session: string;
  readonly #maxMessageBytes: number;
  readonly #tell: (answer: Message) => void;
  readonly #over: (why: string) => void;
  /** Waits before a message is sent again; absent where a failure ends the connection. */
  readonly #backoff: Backoff | undefined;
  readonly #queue: Letter[] = [];
  /** Number of the message at the queue's head. */
  #number = 1;
  #timer: NodeJS.Timeout | undefined;
  #flushed: (() => void) | undefined;

  constructor(
    line: Line,
    settings: {
      readonly session: string;
      readonly maxMessageBytes: number;
      readonly tell: (answer: Message) => void;
      readonly over: (why: string) => void;
      readonly backoff: Backoff | undefined;
    },
  ) {
    super(settings.maxMessageBytes);
    this.#line = line;
    this.#session = settings.session;
    this.#maxMessageBytes = settings.maxMessageBytes;
    this.#tell = settings.tell;
    this.#over = settings.over;
    this.#backoff = settings.backoff;
  }

  send(message: Message): void {
    this.#add({ path: SESSION_PATH, message });
  }

  /** Sends what the application answers; the answer is told. */
  ask(message: Message): void {
    this.#add({ path: ASK_PATH, message });
  }

  #add(letter: Letter): void {
    const { message } = letter;
    const bytes = typeof message === 'string' ? Buffer.byteLength(message) : message.byteLength;
    if (bytes > this.#maxMessageBytes) {
      this.#over(`a message of ${bytes} bytes was not sent: at most ${this.#maxMessageBytes} are allowed`);
    } else if (this.#queue.push(letter) === 1) {
      this.#post();
    }
  }

  /** Resolves when all is sent, or when that failed once more. */
  async flush(): Promise<void> {
    if (this.#queue.length === 0) return;
    const flushed = new Promise<void>((resolve) => {
      this.#flushed = resolve;
    });
    if (this.#timer !== undefined) {
      clearTimeout(this.#timer);
      this.#post();
    }
    await flushed;
  }

  /** Sends nothing more. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#queue.length = 0;
    this.#flushed?.();
  }

  override answered(status: number, type: string, bytes: Buffer, start: number, end: number): void {
    if (status === 204 || status === 200) {
      this.#taken();
      const body = bytes.subarray(start, end);
      if (status === 200) this.#tell(type === BINARY_TYPE ? Buffer.from(body) : body.toString());
    } else if (status >= SERVER_ERROR) {
      this.failed(new Error(`the server answered ${status}`));
    } else {
      this.stop();
      this.#over(`the server refused a message with ${status}`);
    }
  }

  override failed(error: Error): void {
    if (this.#flushed !== undefined) this.stop();
    else if (this.#backoff === undefined) this.#over(`a message could not be sent: ${error.message}`);
    else this.#timer = setTimeout(() => this.#post(), this.#backoff.nextMs());
  }

  #taken(): void {
    this.#backoff?.reset();
    this.#queue.shift();
    this.#number++;
    if (this.#queue.length > 0) this.#post();
    else this.#flushed?.();
  }

  #post(): void {
    this.#timer = undefined;
    const [letter] = this.#queue;
    if (letter === undefined) return;
    this.#line.post(`${letter.path}/${this.#session}/${this.#number}`, letter.message, this);
  }
}
