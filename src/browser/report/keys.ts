import type { ECharts, EChartsCoreOption } from 'echarts/core';
import { marksOf } from './option.ts';

const STEPS: Readonly<Record<string, number>> = {
  ArrowRight: 1,
  ArrowDown: 1,
  ArrowLeft: -1,
  ArrowUp: -1,
};

/** Lets the arrow keys go from mark to mark of a chart, saying what each tells; Escape lets go of it. */
export function steer(
  live: HTMLElement,
  chart: ECharts,
  figure: HTMLElement,
  option: () => EChartsCoreOption,
  hidden: ReadonlySet<string>,
): void {
  const said = document.createElement('p');
  said.className = 'spoken';
  said.setAttribute('aria-live', 'polite');
  live.after(said);
  live.tabIndex = 0;
  live.setAttribute('role', 'application');
  live.setAttribute('aria-roledescription', 'chart; arrow keys go from mark to mark');
  live.setAttribute('aria-labelledby', `${figure.id}-title`);
  live.setAttribute('aria-describedby', `${figure.id}-summary`);
  let place = -1;
  live.addEventListener('keydown', (event) => {
    const step = STEPS[event.key];
    if (event.key === 'Escape') chart.dispatchAction({ type: 'hideTip' });
    if (step === undefined) return;
    event.preventDefault();
    const marks = marksOf(option(), hidden);
    place = (Math.max(place, step < 0 ? 0 : -1) + step + marks.length) % marks.length;
    const mark = marks[place];
    if (mark === undefined) return;
    chart.dispatchAction({ type: 'showTip', seriesIndex: mark.seriesIndex, dataIndex: mark.dataIndex });
    said.textContent = mark.text;
  });
  live.addEventListener('blur', () => chart.dispatchAction({ type: 'hideTip' }));
}
