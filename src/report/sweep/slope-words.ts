import type { Quantity, Slope, Sweep, Varied } from '../../measurements/sweep.ts';
import { metrics } from '../../stats/index.ts';
import { figure } from '../numbers.ts';
import { nameOf } from '../words/labels.ts';
import { capital } from '../words/text.ts';
import { placesOf } from './tables.ts';
import { shownPlace, stepOf } from './values.ts';

/** How a quantity's slope is said, and whether it is also said where there is none. */
interface Said {
  readonly name: string;
  readonly unit: string;
  /** So many of the quantity's own units make one of these. */
  readonly each: number;
  readonly isAlwaysTold: boolean;
}

/** A percent of a core is so many milliseconds of CPU in each second. */
const MS_PER_PERCENT = 10;

/** What each further step of the varied field adds, where a straight line tells it. */
export function slopeSentences(sweep: Sweep): string[] {
  const [first] = sweep.vary;
  if (first === undefined) return [];
  return placesOf(sweep).flatMap((at) => {
    const own = sweep.slopes.filter((slope) => JSON.stringify(slope.at) === JSON.stringify(at));
    const byQuantity = [...Map.groupBy(own, ({ quantity }) => quantity)];
    const place = shownPlace(at, sweep.vary);
    return byQuantity.flatMap(([quantity, slopes]) =>
      sentenceOf(quantity, slopes, first).map((sentence) => `${place}${sentence}`),
    );
  });
}

function sentenceOf(quantity: Quantity, slopes: readonly Slope[], varied: Varied): string[] {
  const straight = slopes.filter(({ shape }) => shape === 'straight');
  const said = saidOf(quantity, straight[0]?.slope ?? 0);
  if (straight.length === 0 && !said.isAlwaysTold) return [];
  const show = (value: number) => figure(value / said.each).replace('-', '−');
  const unit = said.unit === '' ? '' : ` ${said.unit}`;
  const told = straight.map(
    ({ transport, slope, low, high }) =>
      `${nameOf(transport)} ${show(slope)}${unit} (${show(low)} to ${show(high)})`,
  );
  const bent = slopes
    .filter(({ shape }) => shape === 'bent')
    .map(({ transport, rSquared }) => `${nameOf(transport)} (R² ${rSquared.toFixed(2)})`);
  const flat = slopes.filter(({ shape }) => shape === 'flat').map(({ transport }) => nameOf(transport));
  const parts = [
    told.join(', '),
    bent.length === 0 ? '' : `not a straight line for ${bent.join(', ')}`,
    flat.length === 0 ? '' : `no trend for ${flat.join(', ')}`,
  ];
  return [`${said.name} per further ${stepOf(varied)}: ${parts.filter((part) => part !== '').join('; ')}.`];
}

function saidOf(quantity: Quantity, slope: number): Said {
  if (quantity === 'heapBytes') {
    const [unit, each] = Math.abs(slope) >= 1000 ? ['KB', 1000] : ['B', 1];
    return { name: 'Heap', unit, each, isAlwaysTold: true };
  }
  if (quantity === 'serverCpuPercent') {
    return { name: 'Server CPU', unit: 'ms/s', each: 1 / MS_PER_PERCENT, isAlwaysTold: true };
  }
  const { label, unit } = metrics[quantity];
  const name = capital(label);
  return { name, unit, each: 1, isAlwaysTold: false };
}
