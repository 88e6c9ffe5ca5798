import type { Chart } from '../charts/chart.ts';
import { stillOf } from '../charts/drawing/still.ts';
import type { Palette } from '../charts/palette.ts';
import { shortenedPath } from './path.ts';

/** As wide as a page has room for. */
const WIDTH_PX = 880;

/** A chart as it stands without any script, and as it is printed: what a strict page refuses is said otherwise. */
export function drawn(chart: Chart, palette: Palette): string {
  return stillOf(chart, palette, WIDTH_PX)
    .replace(/ d="([^"]*)"/g, (_, path: string) => ` d="${shortenedPath(path)}"`)
    .replace(/ style="([^"]*)"/g, (_, style: string) => style.split(';').map(attributeOf).join(''));
}

function attributeOf(rule: string): string {
  const [name = '', value] = rule.split(':').map((part) => part.trim());
  // The page's own font is what the drawing asks for.
  const isKept = name.startsWith('font-') && name !== 'font-family';
  return value !== undefined && isKept ? ` ${name}="${value}"` : '';
}
