import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { seededRandom } from '../stats/random.ts';
import { Backoff } from '../transports/http/client/backoff.ts';

/** How one client tries to come in again; rejects where it cannot. */
type TryAgain = (signal: AbortSignal) => Promise<unknown>;

/** Brings clients back whose connection is over, each by itself, until it is there or nobody waits for any. */
export class Returning {
  readonly #seed: number;
  readonly #failed: (index: number) => void;
  readonly #stopped = new AbortController();
  readonly #underWay = new Set<Promise<void>>();

  /** Tells of each try that `failed`. */
  constructor(seed: number, failed: (index: number) => void) {
    this.#seed = seed;
    this.#failed = failed;
    // As many as there are clients.
    setMaxListeners(0, this.#stopped.signal);
  }

  /** How many are not back yet. */
  get count(): number {
    return this.#underWay.size;
  }

  begin(index: number, tryAgain: TryAgain): void {
    if (this.#stopped.signal.aborted) return;
    const over = this.#bringBack(index, tryAgain).finally(() => this.#underWay.delete(over));
    this.#underWay.add(over);
  }

  /** Gives them up; resolves when nothing is under way. */
  async stop(): Promise<void> {
    this.#stopped.abort();
    await Promise.all(this.#underWay);
  }

  async #bringBack(index: number, tryAgain: TryAgain): Promise<void> {
    const { signal } = this.#stopped;
    const backoff = new Backoff(seededRandom(this.#seed + index));
    while (!signal.aborted) {
      try {
        await sleep(backoff.nextMs(), undefined, { signal });
        await tryAgain(signal);
        return;
      } catch {
        if (!signal.aborted) this.#failed(index);
      }
    }
  }
}
