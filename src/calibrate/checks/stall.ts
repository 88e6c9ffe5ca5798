import { setTimeout as sleep } from 'node:timers/promises';
import { nowNs } from '../../instrument/clock.ts';
import type { Round } from '../../measurements.ts';
import { percent } from '../../run/judge/words.ts';
import { decodeHistogram } from '../../stats/index.ts';
import type { Bench, Order } from '../bench.ts';
import { CannotCheck, type Check } from '../check.ts';

/** What was read while the server stood still for a known time. */
export interface Stall {
  readonly windowMs: number;
  /** From the stop to the continue, on our own clock. */
  readonly stallMs: number;
  /** By quantile, in ms: what the open-loop generator's messages and a closed loop's showed. */
  readonly seen: readonly Quantile[];
  readonly closedStallMs: number;
  readonly closed: readonly Quantile[];
}

interface Quantile {
  readonly q: number;
  readonly ms: number;
}

const QUANTILES = [0.5, 0.75, 0.9, 0.95, 0.99];
const TOLERANCE = 0.1;
/** Where less is predicted, what the loopback itself takes would be most of it. */
const LEAST_PREDICTED_MS = 100;
/** A closed loop must miss at least so much of the stall at its 90th percentile. */
const CLOSED_SEES_AT_MOST = 0.5;

/** The server is stopped within the window: every message it delayed must say so, and a closed loop's must not. */
export const stall: Check<Stall> = {
  name: 'stall',
  meaning: 'a server that stands still is seen by every message it kept waiting',
  expectedMs: { quick: 2500, full: 6000 },
  async gather(bench: Bench) {
    if (process.platform === 'win32') throw new CannotCheck('this system cannot stop a process');
    const windowMs = bench.quick ? 1000 : 2000;
    const stalls = [false, true].map((closedLoop) => new Stalled(windowMs, closedLoop, bench.signal));
    const rounds = await bench.together(stalls.map(({ order }) => order));
    const [open, closed] = stalls.map((one, index) => ({
      stallMs: one.stallMs,
      seen: quantilesOf(rounds[index]),
    }));
    if (open === undefined || closed === undefined) throw new Error('a round under a stall did not end');
    return { windowMs, ...open, closedStallMs: closed.stallMs, closed: closed.seen };
  },
  judge({ windowMs, stallMs, seen, closedStallMs, closed }) {
    const ratios = seen.map(({ q, ms }) => ({ q, predictedMs: predicted(q, stallMs, windowMs), ms }));
    const told = ratios.filter(({ predictedMs }) => predictedMs >= LEAST_PREDICTED_MS);
    const faults = told
      .filter(({ ms, predictedMs }) => Math.abs(ms / predictedMs - 1) > TOLERANCE)
      .map(
        ({ q, ms, predictedMs }) =>
          `p${q * 100} was ${ms.toFixed(0)} ms, ${predictedMs.toFixed(0)} ms were predicted of a stall of ${stallMs.toFixed(0)} ms`,
      );
    if (told.length < 2) faults.push('the stall was too short to be told from latency');
    const closedP90 = closed.find(({ q }) => q === 0.9)?.ms ?? 0;
    const closedShare = closedP90 / predicted(0.9, closedStallMs, windowMs);
    if (closedShare > CLOSED_SEES_AT_MOST) {
      faults.push(`a closed-loop generator saw ${percent(closedShare)} of the stall, and must miss it`);
    }
    const shares = told.map(({ ms, predictedMs }) => ms / predictedMs);
    const furthest = shares.toSorted((a, b) => Math.abs(b - 1) - Math.abs(a - 1))[0] ?? 0;
    return {
      figure: `${percent(furthest)} of the prediction at worst, a closed loop ${percent(closedShare)}`,
      faults,
      summary: { stallRatio: furthest },
    };
  },
  mutants: [
    {
      what: 'latency from the real send instead of from the due time',
      of: (evidence) => ({ ...evidence, seen: evidence.closed }),
    },
    {
      what: 'the worst messages are not counted',
      of: (evidence) => ({ ...evidence, seen: evidence.seen.map(({ q, ms }) => ({ q, ms: ms * 0.85 })) }),
    },
    {
      what: 'the closed loop is as open as the other',
      of: (evidence) => ({ ...evidence, closed: evidence.seen }),
    },
  ],
};

/** A stall of S in a window of L leaves p_q = S − (1 − q)·L. */
function predicted(q: number, stallMs: number, windowMs: number): number {
  return stallMs - (1 - q) * windowMs;
}

/** A round whose server is stopped within the window, and for how long it was. */
class Stalled {
  stallMs = 0;
  readonly order: Order;

  constructor(windowMs: number, closedLoop: boolean, signal: AbortSignal) {
    this.order = {
      transport: 'websocket',
      settings: { clients: 4, ratePerSecond: 100, durationMs: windowMs },
      variation: { server: { closedLoop } },
      meanwhile: async ({ nodes: { first: server } }) => {
        await sleep(windowMs * 0.1, undefined, { signal });
        process.kill(server.pid, 'SIGSTOP');
        const startNs = nowNs();
        await sleep(windowMs * 0.7, undefined, { signal });
        process.kill(server.pid, 'SIGCONT');
        this.stallMs = (nowNs() - startNs) / 1e6;
      },
    };
  }
}

function quantilesOf(round: Round | undefined): Quantile[] {
  if (round === undefined) return [];
  const histogram = decodeHistogram(round.latency.hdr);
  return QUANTILES.map((q) => ({ q, ms: histogram.getValueAtPercentile(q * 100) / 1000 }));
}
