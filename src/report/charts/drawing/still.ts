import type { Chart } from '../chart.ts';
import type { Palette } from '../palette.ts';
import { init } from './echarts.ts';

/** A chart as ECharts draws it, without what only matters under a pointer; the same each time, its ids its own in any document. */
export function stillOf({ name, heightPx, option }: Chart, palette: Palette, widthPx: number): string {
  const size = { width: widthPx, height: heightPx };
  const instance = init(null, null, { renderer: 'svg', ssr: true, ...size });
  try {
    instance.setOption(option(palette));
    return instance
      .renderToSVGString()
      .replace(/<style\b[^>]*>.*?<\/style>/gs, '')
      .replace(/ ecmeta_\w+="[^"]*"/g, '')
      .replace(/ class="zr\d+-cls-\d+"/g, '')
      .replace(/\bzr\d+-(?=[^<>]*>)/g, `${name}-`);
  } finally {
    // Else its timer would keep the process.
    instance.dispose();
  }
}
