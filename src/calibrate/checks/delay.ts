import { clockStepNs } from '../../instrument/clock.ts';
import type { Round } from '../../measurements.ts';
import type { Bench } from '../bench.ts';
import { CannotCheck, type Check } from '../check.ts';

/** What was read under known delays, and how fine the clock is that read it. */
export interface Delays {
  readonly clockStepNs: number;
  readonly found: readonly Delayed[];
}

/** One known delay and the latency that was read under it. */
interface Delayed {
  readonly delayMs: number;
  readonly p50Ms: number;
}

const DELAYS_MS = [1, 5, 25, 100];
/** Code that runs for the first time is slow. */
const SETTLED_MS = 400;
/** A relay that is later than this holds by more than is known. */
const RELAY_LATE_MS = 1;
const SLOPE_TOLERANCE = 0.02;

/** A relay adds a known delay each way: as much must be read, and what remains at none is the floor. */
export const delay: Check<Delays> = {
  name: 'delay',
  meaning: 'a known delay of 1 to 100 ms on the way is read as it is',
  expectedMs: { quick: 9000, full: 11_000 },
  async gather(bench: Bench) {
    const settings = {
      clients: 5,
      ratePerSecond: 100,
      durationMs: bench.quick ? 400 : 1000,
      warmupMs: SETTLED_MS,
    };
    const orders = DELAYS_MS.map((delayMs) => ({
      transport: 'websocket',
      settings: { ...settings, rttMs: 2 * delayMs },
    }));
    const rounds = await bench.run(orders);
    const lateMs = Math.max(...rounds.map(({ link }) => link?.lateP50Ms ?? 0));
    if (lateMs > RELAY_LATE_MS) {
      throw new CannotCheck(
        `the relay itself was ${lateMs.toFixed(1)} ms late, so that its delay is not known`,
      );
    }
    const found = DELAYS_MS.map((delayMs, index) => ({ delayMs, p50Ms: p50Of(rounds[index]) }));
    return { clockStepNs: clockStepNs(), found };
  },
  judge({ clockStepNs, found }) {
    const { slope, intercept } = lineThrough(found);
    const faults =
      Math.abs(slope - 1) <= SLOPE_TOLERANCE
        ? []
        : [`latency grew by ${slope.toFixed(3)} ms for each ms of known delay (1 ± ${SLOPE_TOLERANCE})`];
    return {
      figure: `slope ${slope.toFixed(3)}, floor ${intercept.toFixed(2)} ms, clock steps of ${clockStepNs} ns`,
      faults,
      summary: { latencySlope: slope, latencyFloorMs: intercept },
    };
  },
  mutants: [
    {
      what: 'latency from the send at the relay instead of from the due time',
      of: read(({ p50Ms, delayMs }) => p50Ms - delayMs),
    },
    {
      what: 'a clock that runs 5% fast',
      of: read(({ p50Ms }) => p50Ms * 1.05),
    },
  ],
};

function read(as: (one: Delayed) => number): (evidence: Delays) => Delays {
  return (evidence) => ({
    ...evidence,
    found: evidence.found.map((one) => ({ ...one, p50Ms: as(one) })),
  });
}

function p50Of(round: Round | undefined): number {
  const p50Ms = round?.latency.p50Ms;
  if (p50Ms === null || p50Ms === undefined) throw new Error('a round under delay has no median latency');
  return p50Ms;
}

/** The least-squares line of latency over delay. */
function lineThrough(found: readonly Delayed[]): { slope: number; intercept: number } {
  const mean = (of: (one: Delayed) => number) => found.reduce((sum, one) => sum + of(one), 0) / found.length;
  const [x, y] = [mean((one) => one.delayMs), mean((one) => one.p50Ms)];
  const covariance = mean((one) => (one.delayMs - x) * (one.p50Ms - y));
  const slope = covariance / mean((one) => (one.delayMs - x) ** 2);
  return { slope, intercept: y - slope * x };
}
