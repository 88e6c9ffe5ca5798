import type { Quantity, Slope } from '../measurements/sweep.ts';
import type { Round } from '../measurements.ts';
import { fitLine, metricOf } from '../stats/index.ts';
import type { Line } from './points.ts';

/** What a line must explain of the rounds' scatter to be called straight. */
const STRAIGHT = 0.9;
/** Two values always lie on a straight line. */
const FEWEST_VALUES = 3;

/** The straight lines through all valid rounds along one line of the grid; quantities that cannot be had are absent. */
export function slopesOf(
  { field, at, points }: Line,
  transports: readonly string[],
  quantities: readonly Quantity[],
): Slope[] {
  return quantities.flatMap((quantity) =>
    transports.flatMap((transport) => {
      const found = points
        .filter((point) => point.transport === transport)
        .flatMap(({ values, rounds }) => {
          const ys = rounds.filter(({ valid }) => valid).map((round) => quantityOf(round, quantity));
          return ys.filter((y) => y !== null).map((y) => ({ x: values[field] ?? Number.NaN, y }));
        });
      const line = fitLine(found);
      if (line === undefined || new Set(found.map(({ x }) => x)).size < FEWEST_VALUES) return [];
      const { slope, low, high, intercept, rSquared } = line;
      const fitted = { slope, low, high, intercept, rSquared, rounds: found.length };
      return [{ quantity, field, at, transport, ...fitted, shape: shapeOf(line) }];
    }),
  );
}

function quantityOf(round: Round, quantity: Quantity): number | null {
  return quantity === 'heapBytes' ? round.server.heapBytes : metricOf(round, quantity);
}

function shapeOf({ low, high, rSquared }: Pick<Slope, 'low' | 'high' | 'rSquared'>): Slope['shape'] {
  if (low <= 0 && high >= 0) return 'flat';
  return rSquared >= STRAIGHT ? 'straight' : 'bent';
}
