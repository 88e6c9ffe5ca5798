import type { EChartsCoreOption } from 'echarts/core';
import type { Sheet } from '../sheet.ts';
import type { Palette } from './palette.ts';

/** A picture of a result, drawn by ECharts, and the numbers that it shows. */
export interface Chart {
  /** As `--chart` takes it; also what the page knows it by. */
  readonly name: string;
  readonly title: string;
  /** What there is to see, in a sentence with figures: for who cannot look, and under the picture for who can. */
  readonly summary: string;
  /** How its marks are to be read. */
  readonly note: string;
  /** How high it is drawn, as wide as there is room. */
  readonly heightPx: number;
  /**
   * Plain data, so that a page can hold it: no functions; titles and sentences stand beside it and not in it.
   * What belongs to one transport (or percentile, or part) has one name, so that its legend takes it all away;
   * each mark is named by what it tells, so that a tooltip can say it.
   */
  option(palette: Palette): EChartsCoreOption;
  /** The same numbers. */
  readonly sheets: readonly Sheet[];
}
