import type { EChartsCoreOption } from 'echarts/core';
import { init } from '../charts/drawing/echarts.ts';
import { shortenedPath } from './path.ts';

/** As wide as a page has room for. */
const WIDTH_PX = 880;

/** A chart as it stands without any script, and as it is printed. */
export function drawn(option: EChartsCoreOption, heightPx: number): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width: WIDTH_PX, height: heightPx });
  try {
    chart.setOption(option);
    return plain(chart.renderToSVGString());
  } finally {
    chart.dispose();
  }
}

/** What a strict page refuses is said otherwise: style attributes as attributes of their own, style sheets not at all. */
function plain(svg: string): string {
  return svg
    .replace(/<style\b[^>]*>.*?<\/style>/gs, '')
    .replace(/ ecmeta_\w+="[^"]*"/g, '')
    .replace(/ class="zr\d+-cls-\d+"/g, '')
    .replace(/ d="([^"]*)"/g, (_, path: string) => ` d="${shortenedPath(path)}"`)
    .replace(/ style="([^"]*)"/g, (_, style: string) => style.split(';').map(attributeOf).join(''));
}

function attributeOf(rule: string): string {
  const [name = '', value] = rule.split(':').map((part) => part.trim());
  // The page's own font is what the drawing asks for.
  const isKept = name.startsWith('font-') && name !== 'font-family';
  return value !== undefined && isKept ? ` ${name}="${value}"` : '';
}
