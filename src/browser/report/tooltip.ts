import type { EChartsCoreOption } from 'echarts/core';
import { fieldsOf, isOfCurves, textOf } from './option.ts';

/** What makes a chart say what is under the pointer: of curves all that stand over one place, else a single mark. */
export function answering(option: EChartsCoreOption): EChartsCoreOption {
  const tooltip = { ...fieldsOf(option.tooltip), formatter: tooltipOf, className: 'tooltip' };
  if (!isOfCurves(option)) return { tooltip };
  return {
    tooltip: { ...tooltip, trigger: 'axis', axisPointer: { type: 'line', label: { show: false } } },
    // Rows below each other share their time.
    axisPointer: { link: [{ xAxisIndex: 'all' }] },
  };
}

/** What a tooltip says of its marks, as elements: no text of the report is ever read as HTML. */
function tooltipOf(params: unknown): HTMLElement[] {
  const marks = (Array.isArray(params) ? params : [params]).map(fieldsOf);
  const told = new Map(marks.map(({ seriesName, name }) => [`${textOf(seriesName)}\n${textOf(name)}`, name]));
  return [...told].flatMap(([key, name]) => {
    if (textOf(name) === '') return [];
    const line = document.createElement('div');
    const series = document.createElement('strong');
    series.textContent = key.slice(0, key.indexOf('\n'));
    line.append(series, document.createElement('br'), textOf(name));
    return [line];
  });
}
