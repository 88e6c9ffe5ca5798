import { BOUND_FIGURES, type Bound, type BoundFigure } from '../measurements.ts';
import { readDuration, readShare } from '../plan/units.ts';
import { expected } from '../plan/wording.ts';
import { SAMPLES_NEEDED } from '../stats/index.ts';

const BOUNDS =
  `bounds such as p99<100ms, p50<=5ms or cpu<80%, separated by commas: ${BOUND_FIGURES.join(', ')},` +
  ' < or <=, and a time, or for cpu a share of a core';
const LONGEST_MS = 3_600_000;

/** Reads a service level: one bound or several, of different figures. */
export function readSlo(text: string): Bound[] {
  const bounds = text.split(',').map((part) => {
    const bound = readBound(part.trim());
    if (bound === undefined) throw expected('--slo', BOUNDS, part);
    return bound;
  });
  const twice = bounds.find(({ figure }, index) => bounds.findIndex((one) => one.figure === figure) < index);
  if (twice !== undefined)
    throw expected('--slo', `one bound for each figure, not two for ${twice.figure}`, text);
  return bounds;
}

function readBound(text: string): Bound | undefined {
  const [, name, operator, amount = ''] = /^(\w+)\s*(<=?)\s*(\S+)$/.exec(text) ?? [];
  const figure = BOUND_FIGURES.find((known) => known === name);
  if (figure === undefined) return undefined;
  const limit = figure === 'cpu' ? readShare(amount) : readDuration(amount);
  const most = figure === 'cpu' ? 1 : LONGEST_MS;
  if (limit === undefined || limit <= 0 || limit > most) return undefined;
  return { figure, limit, inclusive: operator === '<=' };
}

/** Whether a figure meets its bound. */
export function meets(value: number, { limit, inclusive }: Bound): boolean {
  return inclusive ? value <= limit : value < limit;
}

/** How many latency samples of a round these bounds need. */
export function samplesNeeded(bounds: readonly Bound[]): number {
  const needed: Readonly<Partial<Record<BoundFigure, number>>> = { ...SAMPLES_NEEDED, max: 1, mean: 1 };
  return Math.max(...bounds.map(({ figure }) => needed[figure] ?? 0));
}
