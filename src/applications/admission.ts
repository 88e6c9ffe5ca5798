import type { Connection, Message } from '../contracts.ts';
import { RtbenchError } from '../errors.ts';
import { ask } from './plain.ts';

const REFUSED = 'refused: ';

/** The answer to what cannot be done; nothing has changed. */
export function refused(why: string): string {
  return REFUSED + why;
}

/** How a client comes in that must say first what it wants: one wish, and an answer to it. */
export class Admission {
  readonly #granted: string;
  readonly #wish: string;
  readonly #entered = Promise.withResolvers<void>();

  /** `granted` is how the answer begins that lets it in; `wish` names what it wants, for the error. */
  constructor(granted: string, wish: string) {
    this.#granted = granted;
    this.#wish = wish;
  }

  /** Says what it wants; resolves when it is in. */
  seek(connection: Connection, message: Message): Promise<void> {
    ask(connection, message);
    return this.#entered.promise;
  }

  /** Takes in the answer; false where the message is none. */
  hears(message: Message): boolean {
    if (typeof message !== 'string') return false;
    if (message.startsWith(this.#granted)) {
      this.#entered.resolve();
      return true;
    }
    if (!message.startsWith(REFUSED)) return false;
    const why = message.slice(REFUSED.length);
    this.#entered.reject(new RtbenchError('connect', `${this.#wish} was refused: ${why}`));
    return true;
  }
}
