import type { Round } from '../../src/measurements.ts';
import { medianOf } from '../../src/stats/index.ts';
import { measure } from './product.ts';
import type { Add } from './rows.ts';

const TOLERANCE = 0.05;
// Twenty clients or fewer are all witnesses, and leave the relay time to be punctual.
const CALL = '--clients 10 --rtt 50ms --arrivals poisson --rounds 1';

/** MODELS.md's table at a round trip of 50 ms: each figure beside what the closed form says for this very round. */
export function models(add: Add): void {
  longpoll(add, 10, '90s');
  longpoll(add, 40, '40s');
  for (const interval of [100, 400]) {
    const round = one(`--transport polling --poll-interval ${interval}ms --rate 20 --duration 20s`);
    mean(add, `RTT 50 ms, polling every ${interval} ms (after each answer)`, round);
  }
  mean(add, 'RTT 50 ms, websocket', one('--transport websocket --rate 20 --duration 5s'));
}

function longpoll(add: Add, ratePerSecond: number, duration: string): void {
  const round = one(`--transport longpoll --rate ${ratePerSecond} --duration ${duration}`);
  const what = `RTT 50 ms, longpoll at ${ratePerSecond} msg/s`;
  mean(add, what, round);
  const requests = round.requests / round.delivery.arrivedInWindow;
  beside(add, `${what}: requests a message`, requests, round.model?.requestsPerMessage, 3);
}

function mean(add: Add, what: string, { latency, model }: Round): void {
  beside(add, `${what}: mean ms`, latency.meanMs, model?.latencyMeanMs, 1);
}

function beside(
  add: Add,
  what: string,
  measured: number | null,
  predicted: number | null | undefined,
  decimals: number,
): void {
  const off = (measured ?? Number.NaN) / (predicted ?? Number.NaN) - 1;
  const figure = `${predicted?.toFixed(decimals)} → ${measured?.toFixed(decimals)} (${(off * 100).toFixed(1)}%)`;
  add(what, figure, '± 5%', Math.abs(off) <= TOLERANCE);
}

function one(call: string): Round {
  const { report } = measure(['run', ...`${call} ${CALL}`.split(' ')]);
  const [round] = report.rounds;
  if (round === undefined) throw new Error('a report without a round');
  return round;
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
