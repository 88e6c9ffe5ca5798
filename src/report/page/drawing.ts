import { BarChart, BoxplotChart, LineChart, ScatterChart } from 'echarts/charts';
import { GridComponent, LegendComponent, MarkAreaComponent, MarkLineComponent } from 'echarts/components';
import { type EChartsCoreOption, init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';

use([BarChart, BoxplotChart, LineChart, ScatterChart, GridComponent, LegendComponent, MarkAreaComponent, MarkLineComponent, SVGRenderer]);

/** As wide as the page has room for. */
const WIDTH_PX = 920;

/** A chart as it stands without any script. */
export function drawn(option: EChartsCoreOption, heightPx: number): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width: WIDTH_PX, height: heightPx });
  chart.setOption(option);
  const svg = chart.renderToSVGString();
  chart.dispose();
  return plain(svg);
}

/** What a strict page refuses is said otherwise: style attributes as attributes of their own, style sheets not at all. */
function plain(svg: string): string {
  return svg
    .replace(/<style\b[^>]*>.*?<\/style>/gs, '')
    .replace(/ style="([^"]*)"/g, (_, style: string) =>
      style
        .split(';')
        .flatMap((rule) => {
          const [name = '', value] = rule.split(':').map((part) => part.trim());
          return value === undefined || name === 'user-select' || name === 'position' ? [] : [` ${name}="${value}"`];
        })
        .join(''),
    );
}
