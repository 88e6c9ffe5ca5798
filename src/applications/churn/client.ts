import type { Connection, Message } from '../../contracts.ts';
import type { ResolvedScenario } from '../../measurements.ts';
import { SCHEDULE_SOURCE } from '../../message.ts';
import type { ClientHalf, Heard, Part } from '../application.ts';
import { hearPlain } from '../plain.ts';
import { readToClient, written } from './talk.ts';

/** How long an answer may take beyond what a transport's own pace makes it take. */
const PATIENCE_MS = 5_000;

/** Each client by turns: every stay is a part of its own, and knows how the one before it ended. */
export class ChurnClients implements ClientHalf {
  readonly #stays = new Map<number, Guest>();
  readonly #patienceMs: number;

  constructor({ pollIntervalMs }: ResolvedScenario) {
    this.#patienceMs = PATIENCE_MS + 2 * pollIntervalMs;
  }

  part(index: number): Part {
    const guest = new Guest(this.#stays.get(index)?.cut, this.#patienceMs);
    this.#stays.set(index, guest);
    return guest;
  }
}

interface Cut {
  readonly was: number;
  readonly heard: number;
}

/** One stay of one client. */
class Guest implements Part {
  /** Where it was cut off: its number, and what it heard last. */
  cut: Cut | undefined;
  readonly #before: Cut | undefined;
  readonly #patienceMs: number;
  readonly #number = Promise.withResolvers<number>();
  readonly #left = Promise.withResolvers<void>();
  readonly #noted = Promise.withResolvers<void>();
  #heard = -1;

  constructor(before: Cut | undefined, patienceMs: number) {
    this.#before = before;
    this.#patienceMs = patienceMs;
  }

  async enter(connection: Connection): Promise<void> {
    if (this.#before === undefined) return;
    connection.send(written({ say: 'again', ...this.#before }));
    await this.#atMost(this.#noted.promise);
  }

  async leave(connection: Connection): Promise<void> {
    connection.send(written({ say: 'leave' }));
    await this.#atMost(this.#left.promise);
  }

  async vanish(connection: Connection): Promise<void> {
    const was = await this.#atMost(this.#number.promise);
    this.cut = { was: was ?? 0, heard: this.#heard };
    await connection.cut();
  }

  hear(message: Message): Heard {
    const word = readToClient(message);
    if (word === undefined) return this.#listen(message);
    if (word.say === 'number') this.#number.resolve(word.number);
    else if (word.say === 'left') this.#left.resolve();
    else this.#noted.resolve();
    return 'aside';
  }

  #listen(message: Message): Heard {
    if (this.cut !== undefined) return 'aside';
    const heard = hearPlain(message);
    if (typeof heard === 'object' && heard.stamp.source === SCHEDULE_SOURCE) {
      this.#heard = Math.max(this.#heard, heard.stamp.sequence);
    }
    return heard;
  }

  /** Not for ever: the connection may have broken, and then no answer comes. */
  async #atMost<Value>(answer: Promise<Value>): Promise<Value | undefined> {
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise<undefined>((resolve) => {
      timer = setTimeout(() => resolve(undefined), this.#patienceMs);
    });
    const first = await Promise.race([answer, patience]);
    clearTimeout(timer);
    return first;
  }
}
