import type { EChartsCoreOption } from 'echarts/core';
import { init } from './echarts.ts';
import { steer } from './keys.ts';
import { legendOf } from './legend.ts';
import { entriesOf, fieldsOf, raised } from './option.ts';
import { coloured, currentTheme, onThemeChange } from './theme.ts';
import { tooltipOf } from './tooltip.ts';
import { unpacked } from './unpacked.ts';

/** Room that a drawing's own legend takes, and buttons take instead. */
const LEGEND_PX = 30;

/** Puts a chart that answers in the place of a figure's picture; on paper the picture stays. */
export async function enliven(figure: HTMLElement): Promise<void> {
  const picture = figure.querySelector('.static');
  const packed = figure.querySelector('script')?.textContent;
  if (picture === null || packed == null) return;
  const text = await (await unpacked(packed)).text();
  const optionNow = (): EChartsCoreOption => JSON.parse(coloured(text, currentTheme()));
  const hasLegend = entriesOf(optionNow()).length > 0;
  const height = Number(figure.dataset.height) - (hasLegend ? LEGEND_PX : 0);

  const live = document.createElement('div');
  live.className = 'live';
  live.style.height = `${height}px`;
  picture.after(live);
  figure.classList.add('is-live');

  const chart = init(live, null, { renderer: 'canvas' });
  const hidden = new Set<string>();
  const draw = () => {
    const option = optionNow();
    const shown = hasLegend ? raised(option, LEGEND_PX) : option;
    const selected = Object.fromEntries([...hidden].map((name) => [name, false]));
    chart.setOption(
      {
        ...shown,
        ...(hasLegend ? { legend: { ...fieldsOf(shown.legend), selected } } : {}),
        tooltip: { ...fieldsOf(option.tooltip), formatter: tooltipOf, className: 'tooltip' },
      },
      { notMerge: true },
    );
  };
  if (hasLegend) live.before(legendOf(() => entriesOf(optionNow()), hidden, draw));
  draw();
  steer(live, chart, figure, optionNow, hidden);
  onThemeChange(draw);
  new ResizeObserver(() => chart.resize()).observe(live);
}
