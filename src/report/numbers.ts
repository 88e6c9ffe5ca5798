/** What stands where a figure could not be had. */
export const NONE = '–';

const GROUPED_FROM = 10_000;
/** More decimals than this are told only where nothing else is left of the number. */
const USUAL_DECIMALS = 2;
const MOST_DECIMALS = 4;

/** A number with so many significant digits, integers kept whole: 504, 35.2, 0.91. */
export function figure(value: number | null | undefined, digits = 3): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return NONE;
  const rounded = Number(value.toPrecision(digits));
  if (rounded === 0) return '0';
  const magnitude = Math.floor(Math.log10(Math.abs(rounded)));
  if (Math.abs(rounded) >= GROUPED_FROM) return count(value);
  if (magnitude >= digits - 1) return String(Math.round(value));
  if (magnitude >= -1) return value.toFixed(Math.min(digits - 1 - magnitude, USUAL_DECIMALS));
  return magnitude < -MOST_DECIMALS ? '<0.0001' : value.toFixed(Math.min(1 - magnitude, MOST_DECIMALS));
}

/** The same without zeros that only a column needs. */
export function plain(value: number, digits = 3): string {
  return figure(value, digits)
    .replace(/(\.\d*?)0+$/, '$1')
    .replace(/\.$/, '');
}

/** A share as a percentage that reads 0 or 100 only where it is. */
export function percentage(share: number | null | undefined): string {
  if (share === null || share === undefined) return NONE;
  const percent = share * 100;
  if (percent > 99.9 && percent < 100) return '>99.9';
  if (percent > 0 && percent < 0.01) return '<0.01';
  return plain(percent, percent >= 10 ? 3 : 2);
}

/** A count, grouped in thousands. */
export function count(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}

/** Milliseconds in the unit a person would say: 1.3 ms, 2 s. */
export function duration(ms: number): string {
  return ms >= 1000 ? `${plain(ms / 1000)} s` : `${plain(ms)} ms`;
}

/** Bytes in the unit a person would say. */
export function size(bytes: number, digits = 3): string {
  if (bytes < 1000) return `${plain(bytes, digits)} B`;
  return bytes < 1e6 ? `${figure(bytes / 1000, digits)} KB` : `${figure(bytes / 1e6, digits)} MB`;
}

/** Bits per second in the unit a person would say. */
export function bandwidth(bitsPerSecond: number): string {
  if (bitsPerSecond < 1e6) return `${plain(bitsPerSecond / 1e3)} kbit/s`;
  return bitsPerSecond < 1e9
    ? `${plain(bitsPerSecond / 1e6)} Mbit/s`
    : `${plain(bitsPerSecond / 1e9)} Gbit/s`;
}

/** Cells of one width whose decimal points stand under each other. */
export function alignPoint(cells: readonly string[]): string[] {
  const parts = cells.map((cell) => {
    const point = cell.indexOf('.');
    return point < 0 ? ([cell, ''] as const) : ([cell.slice(0, point), cell.slice(point)] as const);
  });
  const whole = Math.max(0, ...parts.map(([head]) => head.length));
  const fraction = Math.max(0, ...parts.map(([, tail]) => tail.length));
  return parts.map(([head, tail]) => head.padStart(whole) + tail.padEnd(fraction));
}

/** Ratios near 1 need a digit more to be seen apart from it. */
const NEAR = { from: 0.9, to: 1.1 };

/** A ratio and its bounds, all with the digits that the nearest to 1 needs. */
export function ratioFigures(values: readonly number[]): string[] {
  const near = values.some((value) => value > NEAR.from && value < NEAR.to);
  return values.map((value) => (near && value < 10 ? value.toFixed(2) : figure(value, value >= 100 ? 3 : 2)));
}

/** The lowest and the highest of some figures, with two digits; one where they look the same. */
export function spanOf(values: readonly number[]): string {
  const ends = [Math.min(...values), Math.max(...values)].map((value) => figure(value, 2));
  return [...new Set(ends)].join('–');
}
