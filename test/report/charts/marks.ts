import type { Chart } from '../../../src/report/charts/chart.ts';
import { light } from '../../../src/report/charts/palette.ts';

/** What a test reads of a series. */
interface Series {
  readonly type: string;
  readonly name: string;
  readonly data: readonly unknown[];
  readonly markArea?: { readonly data: readonly (readonly { readonly xAxis: number }[])[] };
  readonly markLine?: { readonly data: readonly { readonly xAxis: number }[] };
}

/** A chart's option as a page would get it. */
export function optionOf(chart: Chart | undefined): Record<string, unknown> {
  const option: unknown = JSON.parse(JSON.stringify(chart?.option(light)));
  if (typeof option !== 'object' || option === null) throw new Error('no option');
  return { ...option };
}

/** Its series. */
export function seriesOf(chart: Chart | undefined): Series[] {
  const { series } = optionOf(chart);
  return Array.isArray(series) ? series : [];
}

/** The figures of the series of that type and name. */
export function valuesOf(chart: Chart | undefined, type: string, name: string): unknown[] {
  const found = seriesOf(chart).find((one) => one.type === type && one.name === name);
  return (found?.data ?? []).map((item) => (isItem(item) ? item.value : item));
}

function isItem(item: unknown): item is { readonly value: unknown } {
  return typeof item === 'object' && item !== null && 'value' in item;
}

/** The kind of an axis; of the first where there are several. */
export function axisType(chart: Chart | undefined, axis: 'xAxis' | 'yAxis'): unknown {
  const found = optionOf(chart)[axis];
  const first: unknown = Array.isArray(found) ? found[0] : found;
  return typeof first === 'object' && first !== null && 'type' in first ? first.type : undefined;
}
