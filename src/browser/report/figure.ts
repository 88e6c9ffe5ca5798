import type { EChartsCoreOption } from 'echarts/core';
import { init } from './echarts.ts';
import { steer } from './keys.ts';
import { legendOf } from './legend.ts';
import { entriesOf, narrowed, raised } from './option.ts';
import { coloured, currentTheme, onThemeChange } from './theme.ts';
import { answering } from './tooltip.ts';
import { unpacked } from './unpacked.ts';

/** Room that a drawing's own legend takes, and buttons take instead. */
const LEGEND_PX = 30;
/** Below this a chart is narrow. */
const NARROW_PX = 480;

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
  const isNarrow = () => live.clientWidth < NARROW_PX;
  const draw = () => {
    const option = isNarrow() ? narrowed(optionNow()) : optionNow();
    const selected = Object.fromEntries([...hidden].map((name) => [name, false]));
    const shown = hasLegend ? raised(option, LEGEND_PX, selected) : option;
    chart.setOption({ ...shown, ...answering(option) }, { notMerge: true });
  };
  if (hasLegend) live.before(legendOf(() => entriesOf(optionNow()), hidden, draw));
  draw();
  steer(live, chart, figure, optionNow, hidden);
  onThemeChange(draw);
  let wasNarrow = isNarrow();
  new ResizeObserver(() => {
    chart.resize();
    if (wasNarrow !== isNarrow()) draw();
    wasNarrow = isNarrow();
  }).observe(live);
}
