import { nowNs, sinceUs, until } from '../instrument/clock.ts';
import { type CpuReading, cpuBetween, readCpu } from '../instrument/meter.ts';
import { stepEndsUs, type Timeline } from '../timeline.ts';
import type { ServerShare, ServerStep } from './protocol.ts';

/** Faults come at the same round instants as steps end. */
const NEAR_NS = 20e6;

/** Takes note of how a server fares while things go wrong: when it learns that clients are gone, and what each step costs. */
export class Troubles {
  readonly #timeline: Timeline;
  readonly #open: () => number;
  readonly #closingsUs: number[] = [];
  readonly #steps: (ServerStep | null)[] = [];
  /** The one under way: what was read at its beginning, null where nothing was. */
  #step: { readonly endNs: number; readonly before: CpuReading | null } = { endNs: 0, before: null };

  constructor(timeline: Timeline, open: () => number) {
    this.#timeline = timeline;
    this.#open = open;
  }

  /** What it has seen until now; a step that is all but over is taken as over. */
  get share(): Pick<ServerShare, 'closingsUs' | 'steps'> {
    const { endNs, before } = this.#step;
    const isNear = before !== null && isPast(endNs - NEAR_NS);
    const last = isNear ? [this.#read(before, readCpu())] : [];
    return { closingsUs: this.#closingsUs, steps: [...this.#steps, ...last] };
  }

  /** A client is gone. */
  closed(): void {
    this.#closingsUs.push(Math.round(sinceUs(this.#timeline.epochNs)));
  }

  /** Reads at the end of each step, until the last one's. */
  async watch(): Promise<void> {
    const { epochNs, windowStartUs } = this.#timeline;
    const [startNs = 0, ...endsNs] = [windowStartUs, ...stepEndsUs(this.#timeline)].map(
      (atUs) => epochNs + atUs * 1000,
    );
    await until(startNs);
    let before = isPast(endsNs[0]) ? null : readCpu();
    for (const [index, endNs] of endsNs.entries()) {
      this.#step = { endNs, before };
      await until(endNs);
      // Whoever was stopped meanwhile, or was not there yet, saw nothing of this step.
      if (isPast(endsNs[index + 1])) {
        this.#steps.push(null);
        continue;
      }
      const now = readCpu();
      this.#steps.push(before === null ? null : this.#read(before, now));
      before = now;
    }
    this.#step = { endNs: 0, before: null };
  }

  #read(before: CpuReading, now: CpuReading): ServerStep {
    const { userUs, systemUs } = cpuBetween(before, now);
    return { open: this.#open(), cpuUs: userUs + systemUs };
  }
}

function isPast(instantNs = Number.POSITIVE_INFINITY): boolean {
  return nowNs() > instantNs;
}
