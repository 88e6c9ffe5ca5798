import { setTimeout as sleep } from 'node:timers/promises';
import { sinceUs, until } from '../instrument/clock.ts';
import type { ResolvedScenario } from '../measurements.ts';
import { seededRandom, shuffled } from '../stats/random.ts';
import type { Timeline } from '../timeline.ts';
import type { Fleet } from './fleet.ts';
import type { ChurnShare } from './protocol.ts';
import { isWitness } from './witness.ts';

const MOST_TRIES = 10;
/** The first pause before a client tries again; each further one is longer by as much. */
const RETRY_MS = 100;

/** When a client goes, and whether it says so. */
interface Departure {
  readonly index: number;
  readonly atUs: number;
  readonly cut: boolean;
}

/** Lets one process's clients leave and come back: all processes know the common schedule, and each does its own part. */
export class Churning {
  readonly #fleet: Fleet;
  readonly #connectMs: number[] = [];
  readonly #counts = { joins: 0, leaves: 0, cuts: 0, failed: 0 };
  #recoveredMs: number | null = null;
  #over: Promise<unknown> = Promise.resolve();

  constructor(fleet: Fleet) {
    this.#fleet = fleet;
  }

  /** Resolves when all who left are back. */
  get over(): Promise<unknown> {
    return this.#over;
  }

  get share(): ChurnShare {
    return { ...this.#counts, connectMs: this.#connectMs, recoveredMs: this.#recoveredMs };
  }

  start(timeline: Timeline, scenario: ResolvedScenario): void {
    const own = departures(timeline, scenario).filter(({ index }) => this.#fleet.members.has(index));
    const byClient = Map.groupBy(own, ({ index }) => index);
    this.#over = Promise.all([...byClient.values()].map((turns) => this.#takeTurns(timeline, turns)));
  }

  /** One client's departures, each after it is back from the one before. */
  async #takeTurns(timeline: Timeline, turns: readonly Departure[]): Promise<void> {
    for (const { index, atUs, cut } of turns) {
      await until(timeline.epochNs + atUs * 1000);
      // Whoever is not back before the window's end stays.
      if (sinceUs(timeline.epochNs) >= timeline.windowEndUs) return;
      if (cut) await this.#fleet.vanish(index);
      else await this.#fleet.leave(index);
      this.#counts[cut ? 'cuts' : 'leaves'] += 1;
      if (!(await this.#comeBack(index))) return;
      if (cut)
        this.#recoveredMs = Math.max(this.#recoveredMs ?? 0, (sinceUs(timeline.epochNs) - atUs) / 1000);
    }
  }

  async #comeBack(index: number): Promise<boolean> {
    for (let attempt = 1; attempt <= MOST_TRIES; attempt++) {
      try {
        this.#connectMs.push(await this.#fleet.comeBack(index));
        this.#counts.joins += 1;
        return true;
      } catch {
        this.#counts.failed += 1;
        await sleep(RETRY_MS * attempt);
      }
    }
    return false;
  }
}

/** Who leaves when: the crowd by turns, evenly over the window, and so many at once in its middle; witnesses last, so that they see it. */
export function departures(
  { windowStartUs, windowEndUs }: Timeline,
  scenario: Pick<ResolvedScenario, 'clients' | 'witnesses' | 'churnPerSecond' | 'stormShare' | 'seed'>,
): Departure[] {
  const { clients, churnPerSecond, stormShare, seed } = scenario;
  const everyone = shuffled(
    Array.from({ length: clients }, (_, index) => index),
    seededRandom(seed),
  );
  const [witnesses = [], crowd = []] = [true, false].map((wanted) =>
    everyone.filter((index) => isWitness(index, scenario) === wanted),
  );
  const turns = crowd.length === 0 ? witnesses : crowd;
  const windowUs = windowEndUs - windowStartUs;
  const count = Math.round((churnPerSecond * clients * windowUs) / 1e6);
  const orderly = Array.from({ length: count }, (_, place) => ({
    index: turns[place % turns.length] ?? 0,
    atUs: windowStartUs + ((place + 0.5) * windowUs) / count,
    cut: false,
  }));
  const struck = [...crowd, ...witnesses].slice(0, Math.round(stormShare * clients));
  const storm = struck.map((index) => ({ index, atUs: windowStartUs + windowUs / 2, cut: true }));
  return [...orderly, ...storm].toSorted((one, other) => one.atUs - other.atUs);
}
