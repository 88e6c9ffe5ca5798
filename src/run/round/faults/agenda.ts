import { setTimeout as sleep } from 'node:timers/promises';
import { nowNs, within } from '../../../instrument/clock.ts';
import type { Fault } from '../../../measurements.ts';
import type { Timeline } from '../../../timeline.ts';
import type { RoundProcesses } from '../../processes.ts';
import { type Strike, strikeOf } from './strikes.ts';

/** When a fault really began and was over, on the shared clock; null where it never did. */
export interface Struck {
  readonly fault: Fault;
  readonly beganNs: number | null;
  readonly endedNs: number | null;
}

type Trial = { -readonly [Key in keyof Struck]: Struck[Key] } & { readonly strike: Strike };

/** How long after the window a fault may still take to end, and what is still there to be lifted. */
const LATEST_MS = 10_000;
const LIFT_MS = 3000;

/** What goes wrong in a round: makes each fault at its instant, and leaves nothing of it. */
export class FaultAgenda {
  readonly #trials: readonly Trial[];
  readonly #told: (fault: Fault, hasBegun: boolean) => void;
  readonly #stop = new AbortController();
  #running: Promise<unknown> = Promise.resolve();
  #lifted: Promise<readonly Struck[]> | undefined;

  constructor(
    faults: readonly Fault[],
    processes: RoundProcesses,
    told: (fault: Fault, hasBegun: boolean) => void,
  ) {
    this.#told = told;
    this.#trials = faults.map((fault) => {
      return { fault, beganNs: null, endedNs: null, strike: strikeOf(fault, processes) };
    });
  }

  /** Has at hand what the faults will need. */
  prepare(): void {
    for (const { strike } of this.#trials) strike.prepare?.();
  }

  /** Makes those that are there before the first client comes. */
  async beginStanding(): Promise<void> {
    for (const trial of this.#trials) if (trial.fault.atMs === null) await this.#begin(trial);
  }

  /** Sets out for all that the timeline has. */
  arm(timeline: Timeline): void {
    this.#running = Promise.all(this.#trials.map((trial) => this.#pass(trial, timeline)));
    // Whoever waits for their end meets the failure.
    this.#running.catch(() => undefined);
  }

  /** Resolves when all that ends by plan has ended, or takes too long. */
  async over(): Promise<void> {
    await within(LATEST_MS, this.#running);
  }

  /** Stops, and ends whatever would be in the way; answers with what happened when. */
  lift(): Promise<readonly Struck[]> {
    this.#lifted ??= this.#lift();
    return this.#lifted;
  }

  async #lift(): Promise<readonly Struck[]> {
    this.#stop.abort();
    await within(
      LIFT_MS,
      this.#running.catch(() => undefined),
    );
    for (const { strike, beganNs, endedNs } of this.#trials) {
      if (strike.isInTheWay && beganNs !== null && endedNs === null)
        await within(
          LIFT_MS,
          strike.end().catch(() => undefined),
        );
    }
    return this.#trials.map(({ fault, beganNs, endedNs }) => ({ fault, beganNs, endedNs }));
  }

  async #pass(trial: Trial, { epochNs, windowStartUs }: Timeline): Promise<void> {
    const { atMs, forMs } = trial.fault;
    const startNs = epochNs + windowStartUs * 1000;
    if (atMs !== null) {
      await this.#until(startNs + atMs * 1e6);
      await this.#begin(trial);
    }
    if (forMs === null) return;
    await this.#until(startNs + ((atMs ?? 0) + forMs) * 1e6);
    trial.endedNs = await trial.strike.end();
    this.#told(trial.fault, false);
  }

  async #begin(trial: Trial): Promise<void> {
    trial.beganNs = await trial.strike.begin();
    this.#told(trial.fault, true);
  }

  async #until(instantNs: number): Promise<void> {
    const waitMs = Math.ceil((instantNs - nowNs()) / 1e6);
    await sleep(Math.max(0, waitMs), undefined, { signal: this.#stop.signal });
  }
}
