import { createHash } from 'node:crypto';
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
    return named(plain(chart.renderToSVGString()));
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

const COUNTED = /zr\d+-(?=[^<>]*>)/g;

/** ECharts counts names over all that a process draws; here the same drawing has the same ones, and no other has them. */
function named(svg: string): string {
  const digest = createHash('sha256').update(svg.replace(COUNTED, ''));
  return svg.replace(COUNTED, `d${digest.digest('hex').slice(0, 8)}-`);
}

function attributeOf(rule: string): string {
  const [name = '', value] = rule.split(':').map((part) => part.trim());
  // The page's own font is what the drawing asks for.
  const isKept = name.startsWith('font-') && name !== 'font-family';
  return value !== undefined && isKept ? ` ${name}="${value}"` : '';
}
