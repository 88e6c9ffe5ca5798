/** From values to shares of an axis. */
export interface Scale {
  readonly isLog: boolean;
  readonly from: number;
  readonly to: number;
  readonly ticks: readonly number[];
}

/** Values that grow by more than this are spread by factors. */
const LOG_FROM = 8;
const STEPS = [1, 2, 5];
const LINEAR_TICKS = 5;

/** The axis of what was measured: round numbers at both ends. */
export function roundScale(values: readonly number[]): Scale {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  return isSpread(values) ? logScale(least, most) : linearScale(most);
}

/** The axis of what was set: each of the values is a tick. */
export function exactScale(values: readonly number[]): Scale {
  return { isLog: isSpread(values), from: Math.min(...values), to: Math.max(...values), ticks: values };
}

/** Where a value stands between an axis's ends, 0 to 1. */
export function placeOn({ isLog, from, to }: Scale, value: number): number {
  const of = isLog ? Math.log : (one: number) => one;
  return to === from ? 0.5 : (of(value) - of(from)) / (of(to) - of(from));
}

function isSpread(values: readonly number[]): boolean {
  const least = Math.min(...values);
  return least > 0 && Math.max(...values) / least >= LOG_FROM;
}

function logScale(least: number, most: number): Scale {
  const first = Math.floor(Math.log10(least));
  const last = Math.ceil(Math.log10(most));
  const powers = Array.from({ length: last - first + 1 }, (_, index) => 10 ** (first + index));
  const all = powers.flatMap((power) => STEPS.map((step) => Number((step * power).toPrecision(1))));
  const from = all.findLast((tick) => tick <= least) ?? least;
  const to = all.find((tick) => tick >= most) ?? most;
  return { isLog: true, from, to, ticks: all.filter((tick) => tick >= from && tick <= to) };
}

function linearScale(most: number): Scale {
  const rough = (most > 0 ? most : 1) / LINEAR_TICKS;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [...STEPS, 10].map((times) => times * power).find((size) => size >= rough) ?? rough;
  const steps = Math.max(1, Math.ceil(most / step));
  const ticks = Array.from({ length: steps + 1 }, (_, index) => Number((index * step).toPrecision(6)));
  return { isLog: false, from: 0, to: ticks.at(-1) ?? most, ticks };
}
