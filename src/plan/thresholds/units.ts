import type { FigureName } from './threshold.ts';

type Units = Readonly<Record<string, number>>;

const SHARES: Units = { '%': 0.01 };
/** By what a figure's name ends in: how much of its own unit each of these is. */
const UNITS: Readonly<Record<string, Units>> = {
  Ms: { us: 0.001, ms: 1, s: 1000, m: 60_000 },
  Us: { us: 1, ms: 1000, s: 1e6 },
  Bytes: { B: 1, KiB: 1024, MiB: 1024 ** 2 },
  BytesPerMessage: { B: 1, KiB: 1024, MiB: 1024 ** 2 },
  BytesPerClientMinute: { B: 1, KiB: 1024, MiB: 1024 ** 2 },
  Percent: { '%': 1 },
  Ratio: SHARES,
};

/** The units that a limit may have: those of the figure, or of a share where two are divided. */
export function unitsOf(figure: FigureName, isQuotient: boolean): Units {
  if (isQuotient) return SHARES;
  const ending = Object.keys(UNITS).find((end) => figure.endsWith(end));
  return (ending === undefined ? undefined : UNITS[ending]) ?? {};
}
