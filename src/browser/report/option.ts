import type { EChartsCoreOption } from 'echarts/core';

/** Plain data whose shape only ECharts knows. */
type Fields = Readonly<Record<string, unknown>>;

/** What the legend's buttons take away and bring back. */
export interface Entry {
  readonly name: string;
  readonly icon: string;
  readonly colour: string;
  readonly edge: string;
}

/** A mark that has something to say. */
export interface Mark {
  readonly seriesIndex: number;
  readonly dataIndex: number;
  readonly text: string;
}

/** The names in a chart's legend, with the shape and the colour of each. */
export function entriesOf(option: EChartsCoreOption): Entry[] {
  return listOf(fieldsOf(option.legend).data).map((entry) => {
    const own = typeof entry === 'string' ? { name: entry } : fieldsOf(entry);
    const name = textOf(own.name);
    const series = seriesOf(option).find((one) => one.name === name) ?? {};
    const colours = [own, series].flatMap((one) => [
      fieldsOf(one.itemStyle).color,
      fieldsOf(one.lineStyle).color,
      one.color,
    ]);
    return {
      name,
      icon: textOf(own.icon ?? series.symbol ?? 'rect'),
      edge: textOf(fieldsOf(own.itemStyle).borderColor) || 'transparent',
      colour: textOf(colours.find((colour) => typeof colour === 'string' && colour !== 'transparent')),
    };
  });
}

/** Every mark that is named, series by series, from left to right or from top to bottom. */
export function marksOf(option: EChartsCoreOption, hidden: ReadonlySet<string>): Mark[] {
  return seriesOf(option).flatMap((series, seriesIndex) => {
    if (series.silent === true || hidden.has(textOf(series.name))) return [];
    return listOf(series.data).flatMap((mark, dataIndex) => {
      const name = textOf(fieldsOf(mark).name);
      return name === '' ? [] : [{ seriesIndex, dataIndex, text: `${textOf(series.name)}, ${name}` }];
    });
  });
}

/** The option without its own legend, moved up by the room that the legend took. */
export function raised(option: EChartsCoreOption, byPx: number): EChartsCoreOption {
  const up = (grid: unknown) => {
    const fields = fieldsOf(grid);
    const top = fields.top;
    return typeof top === 'number' ? { ...fields, top: Math.max(0, top - byPx) } : fields;
  };
  const grid = Array.isArray(option.grid) ? option.grid.map(up) : up(option.grid);
  return { ...option, grid, legend: { ...fieldsOf(option.legend), show: false } };
}

function seriesOf(option: EChartsCoreOption): Fields[] {
  return listOf(option.series).map(fieldsOf);
}

/** An object's fields; none where it is none. */
export function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** A text; empty where it is none. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
