import { messageOf } from '../../../errors.ts';
import type { ResolvedScenario } from '../../../measurements.ts';
import { readStamp } from '../../../message.ts';
import { halfOf, type Timeline } from '../../../timeline.ts';
import type { HistoryEnd, HistoryMeter, HistoryReading } from '../../application.ts';
import type { Line } from '../talk.ts';
import type { Past, Saying, Store } from './store.ts';

/** How long messages gather before they are stored together, where nobody waits for it. */
const GATHER_MS = 100;
const MOST_IN_BATCH = 1000;
/** A store so far behind will not catch up, and what waits for it takes memory. */
const MOST_WAITING = 100_000;

/** A message that waits for the store; who waits with it hears then. */
interface Waiting {
  readonly saying: Saying;
  readonly stored: (() => void) | undefined;
}

/**
 * What was said, on its way to a store: in batches, in order, before it is sent to the room or after. Where the store
 * fails the chat goes on without it, and what was not stored is counted.
 */
export class History implements HistoryMeter, Past {
  readonly #store: Store;
  readonly #mode: ResolvedScenario['historyMode'];
  #waiting: Waiting[] = [];
  #draining: Promise<void> | undefined;
  /** Storing will begin by itself. */
  #planned = false;
  /** When each message was due that was taken, in the order of their numbers. */
  readonly #dueUs: number[] = [];
  /** Number of the newest message that was sent, and stored. Nothing is stored out of turn, or after the first failure. */
  #sent = 0;
  #stored = 0;
  #batches = 0;
  #batchMs = 0;
  #given = 0;
  #error: string | null = null;

  constructor(store: Store, mode: ResolvedScenario['historyMode']) {
    this.#store = store;
    this.#mode = mode;
  }

  /** Stores a message and sends it, in the order of the mode; it is sent even where the store fails. */
  keep({ room, name, text }: { readonly room: string } & Line, send: () => void): void {
    const number = this.#dueUs.push(readStamp(text)?.dueUs ?? 0);
    const sent = () => {
      send();
      this.#sent = number;
    };
    const saying = { number, room, name, text, atMs: Date.now() };
    if (this.#mode === 'write-through') {
      this.#waiting.push({ saying, stored: sent });
    } else {
      sent();
      this.#waiting.push({ saying, stored: undefined });
    }
    this.#plan();
    if (this.#waiting.length > MOST_WAITING)
      this.#error ??= `more than ${MOST_WAITING} messages waited for it`;
  }

  /** The newest messages of a room that it has been sent, oldest first; none where the store has failed. */
  async last(room: string, count: number, mostBytes: number): Promise<readonly Line[]> {
    const upTo = this.#sent;
    await this.#drain();
    if (this.#error !== null) return [];
    try {
      const sayings = withinBytes(await this.#store.last(room, count, upTo), mostBytes);
      this.#given += sayings.length;
      return sayings.map(({ name, text }) => ({ name, text }));
    } catch (error) {
      this.#error ??= messageOf(error);
      return [];
    }
  }

  read(): HistoryReading {
    return {
      stored: this.#stored,
      batches: this.#batches,
      batchMs: this.#batchMs,
      cpuUs: this.#store.cpuUs,
      given: this.#given,
    };
  }

  async settle(timeline: Timeline): Promise<HistoryEnd> {
    await this.#drain();
    const places = this.#dueUs.flatMap((dueUs, place) =>
      halfOf(timeline, dueUs) === undefined ? [] : [place],
    );
    const stored = places.filter((place) => place < this.#stored).length;
    return { stored, lost: places.length - stored, error: this.#error };
  }

  /** Before a message is sent, all that came in the same turn of the loop is one batch; after it there is time. */
  #plan(): void {
    if (this.#planned) return;
    this.#planned = true;
    const begin = () => {
      this.#planned = false;
      this.#drain();
    };
    if (this.#mode === 'write-through') setImmediate(begin);
    else setTimeout(begin, GATHER_MS);
  }

  /** Stores all that waits, and what comes meanwhile. */
  #drain(): Promise<void> {
    this.#draining ??= this.#storeAll().finally(() => {
      this.#draining = undefined;
    });
    return this.#draining;
  }

  async #storeAll(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.slice(0, MOST_IN_BATCH);
      this.#waiting = this.#waiting.slice(MOST_IN_BATCH);
      if (this.#error === null) await this.#add(batch.map(({ saying }) => saying));
      for (const { stored } of batch) stored?.();
    }
  }

  async #add(batch: readonly Saying[]): Promise<void> {
    const startMs = performance.now();
    try {
      await this.#store.add(batch);
      this.#stored += batch.length;
    } catch (error) {
      this.#error ??= messageOf(error);
    }
    this.#batches += 1;
    this.#batchMs += performance.now() - startMs;
  }
}

/** The newest that together are no larger; one at the least. */
function withinBytes(sayings: readonly Saying[], most: number): readonly Saying[] {
  let bytes = 0;
  let first = sayings.length;
  for (const [index, { text }] of [...sayings.entries()].reverse()) {
    bytes += Buffer.byteLength(text);
    if (bytes > most && first < sayings.length) break;
    first = index;
  }
  return sayings.slice(first);
}
