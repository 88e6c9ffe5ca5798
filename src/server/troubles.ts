import { nowNs, until } from '../instrument/clock.ts';
import { type CpuReading, cpuBetween, readCpu } from '../instrument/meter.ts';
import { stepEndsUs, type Timeline } from '../timeline.ts';
import type { ServerShare, ServerStep } from './protocol.ts';

/** Takes note of how a server fares while things go wrong: when it learns that clients are gone, and what each step costs. */
export class Troubles {
  readonly #timeline: Timeline;
  readonly #open: () => number;
  readonly #closingsUs: number[] = [];
  readonly #steps: (ServerStep | null)[] = [];

  constructor(timeline: Timeline, open: () => number) {
    this.#timeline = timeline;
    this.#open = open;
  }

  get share(): Pick<ServerShare, 'closingsUs' | 'steps'> {
    return { closingsUs: this.#closingsUs, steps: this.#steps };
  }

  /** A client is gone. */
  closed(): void {
    this.#closingsUs.push(Math.round((nowNs() - this.#timeline.epochNs) / 1000));
  }

  /** Reads at the end of each step, until the last one's. */
  async watch(): Promise<void> {
    const { epochNs, windowStartUs } = this.#timeline;
    const [startNs = 0, ...endsNs] = [windowStartUs, ...stepEndsUs(this.#timeline)].map(
      (atUs) => epochNs + atUs * 1000,
    );
    await until(startNs);
    let before = isPast(endsNs[0]) ? null : readCpu();
    for (const [step, endNs] of endsNs.entries()) {
      await until(endNs);
      // Whoever was stopped meanwhile, or was not there yet, saw nothing of this step.
      if (isPast(endsNs[step + 1])) {
        this.#steps.push(null);
        continue;
      }
      const now = readCpu();
      this.#steps.push(before === null ? null : this.#step(before, now));
      before = now;
    }
  }

  #step(before: CpuReading, now: CpuReading): ServerStep {
    const { userUs, systemUs } = cpuBetween(before, now);
    return { open: this.#open(), cpuUs: userUs + systemUs };
  }
}

function isPast(instantNs = Number.POSITIVE_INFINITY): boolean {
  return nowNs() > instantNs;
}
