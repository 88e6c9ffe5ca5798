import type { Round } from '../../src/measurements.ts';
import { medianOf } from '../../src/stats/index.ts';
import { measure } from './product.ts';
import type { Add } from './rows.ts';

const TOLERANCE = 0.05;
const ONE_WAY_MS = 25;
// Twenty clients or fewer are all witnesses, and leave the relay time to be punctual.
const CALL = '--clients 10 --rtt 50ms --arrivals poisson --rounds 1';

/** MODELS.md's table at a round trip of 50 ms: its closed forms, written here once more, beside what is measured. */
export function models(add: Add): void {
  for (const [ratePerSecond, duration] of [
    [10, '90s'],
    [40, '40s'],
  ] as const) {
    const { round, passMs } = one(`--transport longpoll --rate ${ratePerSecond} --duration ${duration}`);
    const cycleMs = 2 * passMs;
    const inCycle = (round.delivery.published / round.windowMs) * cycleMs;
    const perRequest = inCycle + Math.exp(-inCycle);
    const what = `RTT 50 ms, longpoll at ${ratePerSecond} msg/s`;
    const meanMs = passMs + (inCycle * cycleMs) / (2 * perRequest);
    beside(add, `${what}: mean ms`, meanMs, round.latency.meanMs, 1);
    const requests = round.requests / round.delivery.arrivedInWindow;
    beside(add, `${what}: requests a message`, 1 / perRequest, requests, 3);
  }
  for (const intervalMs of [100, 400]) {
    const { round, passMs } = one(
      `--transport polling --poll-interval ${intervalMs}ms --rate 20 --duration 20s`,
    );
    const meanMs = (intervalMs + 2 * passMs) / 2 + passMs;
    const what = `RTT 50 ms, polling every ${intervalMs} ms (after each answer): mean ms`;
    beside(add, what, meanMs, round.latency.meanMs, 1);
  }
  const { round, passMs } = one('--transport websocket --rate 20 --duration 5s');
  beside(add, 'RTT 50 ms, websocket: mean ms', passMs, round.latency.meanMs, 1);
}

function beside(add: Add, what: string, predicted: number, measured: number | null, decimals: number): void {
  const off = (measured ?? Number.NaN) / predicted - 1;
  const figure = `${predicted.toFixed(decimals)} → ${measured?.toFixed(decimals)} (${(off * 100).toFixed(1)}%)`;
  add(what, figure, '± 5%', Math.abs(off) <= TOLERANCE);
}

/** One round, and what one pass takes: the distance, and the floor that the last calibration found at none. */
function one(call: string): { readonly round: Round; readonly passMs: number } {
  const { report } = measure(['run', ...`${call} ${CALL}`.split(' ')]);
  const [round] = report.rounds;
  if (round === undefined) throw new Error('a report without a round');
  if (report.calibration === null) throw new Error('calibrate first: the floor is part of the closed forms');
  return { round, passMs: ONE_WAY_MS + (report.calibration.latencyFloorMs ?? 0) };
}

/** How long a CPU ratio takes to be known within five percent. */
export function precision(add: Add): void {
  const { report, seconds } = measure(
    'compare --transports ws,socketio --rounds auto --precision 5% --max-time 3m'.split(' '),
  );
  const widths = report.comparisons
    .filter(({ metric }) => metric === 'serverCpuPerMessageUs')
    .flatMap(({ ratio, low, high }) => (low === null || high === null ? [] : [(high - low) / 2 / ratio]));
  const width = medianOf(widths) ?? Number.NaN;
  const figure = `±${(width * 100).toFixed(1)}% after ${seconds.toFixed(0)} s and ${report.scenario.rounds} blocks`;
  add('socketio / websocket CPU to ±5% by --rounds auto', figure, '< 180 s', width <= 0.05 && seconds < 185);
}
