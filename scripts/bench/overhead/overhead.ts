import { estimate } from '../../../src/stats/index.ts';
import type { Add } from '../rows.ts';
import type { Scope } from '../scope.ts';
import { ratiosOfRun } from './side-by-side.ts';

/** Fresh processes differ by what the compiler made of them, so that only their number narrows the interval. */
const FULL = { clients: 1000, runs: 40, pairs: 6 };
const QUICK = { clients: 40, runs: 3, pairs: 4 };
const MOST = 1.03;

/** What stamp, schedule and accounting add to a server's CPU: rtbench's server over a bare one that sends the same. */
export async function overhead(add: Add, { quick }: Scope): Promise<void> {
  const { clients, runs, pairs } = quick ? QUICK : FULL;
  const each: number[] = [];
  for (let run = 0; run < runs; run++) {
    const { median = Number.NaN } = estimate(await ratiosOfRun(clients, pairs, run % 2 === 0)) ?? {};
    each.push(median);
    console.error(`  run ${run + 1} of ${runs}: ${percent(median)}`);
  }
  const { median, low, high } = estimate(each) ?? { median: Number.NaN, low: null, high: null };
  const upper = high ?? Number.POSITIVE_INFINITY;
  const doubt = median < MOST && upper >= MOST ? '; too wide to be sure' : '';
  const figure = `${percent(median)} (95% interval ${percent(low)} to ${percent(high)}, ${runs} runs of ${pairs} pairs)${doubt}`;
  const target = `< ${percent(MOST)} by the interval's upper end`;
  add('harness over a bare ws server, CPU per message', figure, target, upper < MOST);
}

function percent(ratio: number | null): string {
  if (ratio === null) return '–';
  const more = (ratio - 1) * 100;
  return `${more > 0 ? '+' : ''}${more.toFixed(1)}%`;
}
