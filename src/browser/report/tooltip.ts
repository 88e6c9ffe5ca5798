import { fieldsOf, textOf } from './option.ts';

/** What a tooltip says of a mark, as elements: no text of the report is ever read as HTML. */
export function tooltipOf(params: unknown): HTMLElement[] {
  const marks = Array.isArray(params) ? params : [params];
  return marks.map((mark) => {
    const { seriesName, name } = fieldsOf(mark);
    const line = document.createElement('div');
    const series = document.createElement('strong');
    series.textContent = textOf(seriesName);
    line.append(series, document.createElement('br'), textOf(name));
    return line;
  });
}
