import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { nowNs, until } from './clock.ts';

/** This process's CPU at one instant. */
export interface CpuReading {
  readonly atNs: number;
  readonly userUs: number;
  readonly systemUs: number;
}

/** What this process used between two readings. */
export interface CpuUse {
  readonly userUs: number;
  readonly systemUs: number;
  readonly elapsedNs: number;
}

/** Reads this process's CPU now. */
export function readCpu(): CpuReading {
  const { user, system } = process.cpuUsage();
  return { atNs: nowNs(), userUs: user, systemUs: system };
}

/** The difference of two readings. */
export function cpuBetween(from: CpuReading, to: CpuReading): CpuUse {
  return {
    userUs: to.userUs - from.userUs,
    systemUs: to.systemUs - from.systemUs,
    elapsedNs: to.atNs - from.atNs,
  };
}

/** What this process's objects and buffers hold once the garbage is gone. */
export function heapBytes(): number {
  // Only a context that is made after the flag was set has it.
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc');
  collect();
  // What the first one found to be weakly held, or to have waited for it, goes with the second.
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

// Each sample wakes the process; a finer one would cost the server more than it tells.
const LOOP_RESOLUTION_MS = 50;

/** Watches how late this process's event loop runs, between `start` and `stop`. */
class LoopDelay {
  readonly #histogram = monitorEventLoopDelay({ resolution: LOOP_RESOLUTION_MS });

  start(): void {
    this.#histogram.enable();
  }

  /** The 99th percentile of lateness in milliseconds; the sampler's own interval is taken off. */
  stopP99Ms(): number {
    this.#histogram.disable();
    if (this.#histogram.count === 0) return 0;
    return Math.max(0, this.#histogram.percentile(99) / 1e6 - LOOP_RESOLUTION_MS);
  }
}

/** Takes a reading at each instant, in order. */
export async function readAt<Reading>(
  instantsNs: readonly number[],
  read: (index: number) => Reading,
): Promise<Reading[]> {
  const readings: Reading[] = [];
  for (const [index, instantNs] of instantsNs.entries()) {
    await until(instantNs);
    readings.push(read(index));
  }
  return readings;
}

/** Reads at the window's start, middle and end and after it, and watches the loop's delay from start to end. */
export async function readWindow<Reading>(
  instantsNs: readonly number[],
  read: (index: number) => Reading,
): Promise<{ readings: Reading[]; loopDelayP99Ms: number }> {
  const loopDelay = new LoopDelay();
  let loopDelayP99Ms = 0;
  const readings = await readAt(instantsNs, (index) => {
    if (index === 0) loopDelay.start();
    if (index === 2) loopDelayP99Ms = loopDelay.stopP99Ms();
    return read(index);
  });
  return { readings, loopDelayP99Ms };
}
