import { Kept } from './kept.ts';
import type { Asker } from './line.ts';

const NOTHING = Buffer.alloc(0);

/** Collects an answer's body where it comes in parts, so that each answer is told as a whole. */
export abstract class Whole implements Asker {
  readonly #mostBytes: number;
  #status = 0;
  #type = '';
  #kept: Kept | undefined;

  /** A body of more than `mostBytes` fails the request. */
  constructor(mostBytes: number) {
    this.#mostBytes = mostBytes;
  }

  abstract answered(status: number, type: string, bytes: Buffer, start: number, end: number): void;
  abstract failed(error: Error): void;

  head(status: number, type: string): void {
    this.#status = status;
    this.#type = type;
    this.#kept = undefined;
  }

  data(bytes: Buffer, start: number, end: number): void {
    this.#kept ??= new Kept(this.#mostBytes);
    this.#kept.add(bytes, start, end);
  }

  end(): void {
    const body = this.#kept?.take() ?? NOTHING;
    this.#kept = undefined;
    this.answered(this.#status, this.#type, body, 0, body.length);
  }
}

/** One answer by itself. */
export interface Answered {
  readonly status: number;
  readonly type: string;
  readonly body: Buffer;
}

/** What is asked once in a connection's life is answered in a few words. */
const MOST_ONCE_BYTES = 64 << 10;

class Once extends Whole {
  readonly #resolve: (answer: Answered) => void;
  readonly failed: (error: Error) => void;

  constructor(resolve: (answer: Answered) => void, reject: (error: Error) => void) {
    super(MOST_ONCE_BYTES);
    this.#resolve = resolve;
    this.failed = reject;
  }

  answered(status: number, type: string, bytes: Buffer, start: number, end: number): void {
    this.#resolve({ status, type, body: Buffer.from(bytes.subarray(start, end)) });
  }
}

/** Asks once, for what happens once in a connection's life. */
export function askOnce(ask: (asker: Asker) => void): Promise<Answered> {
  return new Promise((resolve, reject) => ask(new Once(resolve, reject)));
}
