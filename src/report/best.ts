import type { Column, Row } from './columns.ts';

/** The lowest figure of a column as it is shown; undefined where it marks nothing. */
export function bestOf(column: Column, rows: readonly Row[], texts: readonly string[]): string | undefined {
  return lowestOf(
    rows.map((row) => column.value?.(row)),
    texts,
  );
}

/** The text of the lowest value; undefined where more than half of the texts are it, for then it marks nothing. */
export function lowestOf(
  values: readonly (number | null | undefined)[],
  texts: readonly string[],
): string | undefined {
  const known = values.map((value) => value ?? Number.POSITIVE_INFINITY);
  const told = known.filter(Number.isFinite).length;
  if (told < 2) return undefined;
  const best = texts[known.indexOf(Math.min(...known))];
  return texts.filter((text) => text === best).length > told / 2 ? undefined : best;
}
