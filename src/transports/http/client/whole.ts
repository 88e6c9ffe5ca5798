import type { Asker } from './line.ts';

const NOTHING = Buffer.alloc(0);

/** Collects an answer's body, and tells the answer as a whole. */
export abstract class Whole implements Asker {
  #status = 0;
  #type = '';
  #body: Buffer = NOTHING;
  #parts: Buffer[] | undefined;

  abstract answered(status: number, type: string, body: Buffer): void;
  abstract failed(error: Error): void;

  head(status: number, type: string): void {
    this.#status = status;
    this.#type = type;
    this.#body = NOTHING;
    this.#parts = undefined;
  }

  data(part: Buffer): void {
    // Most bodies come in one part, which needs no list.
    if (this.#body === NOTHING) {
      this.#body = Buffer.from(part);
    } else {
      this.#parts ??= [this.#body];
      this.#parts.push(Buffer.from(part));
    }
  }

  end(): void {
    const body = this.#parts ? Buffer.concat(this.#parts) : this.#body;
    this.#body = NOTHING;
    this.#parts = undefined;
    this.answered(this.#status, this.#type, body);
  }
}

/** One answer by itself. */
export interface Answered {
  readonly status: number;
  readonly type: string;
  readonly body: Buffer;
}

class Once extends Whole {
  readonly #resolve: (answer: Answered) => void;
  readonly failed: (error: Error) => void;

  constructor(resolve: (answer: Answered) => void, reject: (error: Error) => void) {
    super();
    this.#resolve = resolve;
    this.failed = reject;
  }

  answered(status: number, type: string, body: Buffer): void {
    this.#resolve({ status, type, body });
  }
}

/** Asks once, for what happens once in a connection's life. */
export function askOnce(ask: (asker: Asker) => void): Promise<Answered> {
  return new Promise((resolve, reject) => ask(new Once(resolve, reject)));
}
