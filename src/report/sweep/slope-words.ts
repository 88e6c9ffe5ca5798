import type { Quantity, Slope, Sweep, Varied } from '../../measurements/sweep.ts';
import { metrics } from '../../stats/index.ts';
import { figure, plain, size } from '../numbers.ts';
import { nameOf } from '../words/labels.ts';
import { placesOf } from './tables.ts';
import { shownPlace, stepOf } from './values.ts';

/** How a quantity's slope is said, and whether it is also said where there is none. */
interface Said {
  readonly name: string;
  show(slope: number): string;
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
  const { name, show, isAlwaysTold } = saidOf(quantity);
  const straight = slopes.filter(({ shape }) => shape === 'straight');
  if (straight.length === 0 && !isAlwaysTold) return [];
  const told = straight.map(
    ({ transport, slope, low, high }) =>
      `${nameOf(transport)} ${show(slope)} (${show(low)} to ${show(high)})`,
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
  return [`${name} per ${stepOf(varied)}: ${parts.filter((part) => part !== '').join('; ')}.`];
}

function saidOf(quantity: Quantity): Said {
  if (quantity === 'heapBytes') return { name: 'Heap', show: signed(size), isAlwaysTold: true };
  if (quantity === 'serverCpuPercent') {
    const show = signed((percent) => `${plain(percent * MS_PER_PERCENT)} ms/s`);
    return { name: 'Server CPU', show, isAlwaysTold: true };
  }
  const { label, unit } = metrics[quantity];
  const show = signed((value) => `${figure(value)}${unit === '' ? '' : ` ${unit}`}`);
  return { name: label.charAt(0).toUpperCase() + label.slice(1), show, isAlwaysTold: false };
}

function signed(show: (amount: number) => string): (value: number) => string {
  return (value) => (value < 0 ? `−${show(-value)}` : show(value));
}
