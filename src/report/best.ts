import type { Column, Row } from './columns.ts';

/** The lowest figure of a column as it is shown; undefined where more than half of the figures are it, for then it marks nothing. */
export function bestOf(column: Column, rows: readonly Row[], texts: readonly string[]): string | undefined {
  const values = rows.map((row) => column.value?.(row) ?? Number.POSITIVE_INFINITY);
  const told = values.filter(Number.isFinite).length;
  if (told < 2) return undefined;
  const best = texts[values.indexOf(Math.min(...values))];
  return texts.filter((text) => text === best).length > told / 2 ? undefined : best;
}
