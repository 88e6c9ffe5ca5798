import { clean } from '../../words/text.ts';

/** How wide a letter is at most, in parts of its size: of fixed width, of running text, and of strong text. */
const LETTER = { mono: 0.605, sans: 0.58, strong: 0.66 } as const;
type Face = keyof typeof LETTER;

export const SANS = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif";
const MONO = "ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace";

/** How a text is set. */
export interface Type {
  readonly size: number;
  readonly fill: string;
  readonly face?: Exclude<Face, 'strong'>;
  readonly weight?: number;
  readonly anchor?: 'start' | 'middle' | 'end';
  /** The colour around it, where lines may pass under it. */
  readonly halo?: string;
}

/** A text of which a part is set otherwise, a gap apart; the other part is told before the first where `anchor` is the end. */
export function twoTextsAt(
  x: number,
  y: number,
  [own, other]: readonly [string, string],
  type: Type,
  otherType: Pick<Type, 'size' | 'fill'>,
): string {
  const { anchor } = type;
  const first = `<tspan>${escaped(own)}</tspan>`;
  const look = `font-size="${otherType.size}" fill="${otherType.fill}" font-weight="400" font-family="${SANS}"`;
  const second = (dx: string) => `<tspan${dx} ${look}>${escaped(other)}</tspan>`;
  const inside =
    anchor === 'end'
      ? `${second('')} <tspan dx="4">${escaped(own)}</tspan>`
      : `${first} ${second(' dx="4"')}`;
  return textWith(x, y, inside, type);
}

/** How many letters fit in a width. */
export function fitting(width: number, size: number, face: Face = 'sans'): number {
  return Math.max(1, Math.floor(width / (size * LETTER[face])));
}

/** How wide a text is at most. */
export function widthOf(text: string, size: number, face: Face = 'sans'): number {
  return [...text].length * size * LETTER[face];
}

/** A text with its baseline there. */
export function textAt(x: number, y: number, text: string, type: Type): string {
  return textWith(x, y, escaped(text), type);
}

function textWith(x: number, y: number, inside: string, type: Type): string {
  const { size, fill, face, weight, anchor, halo } = type;
  const attributes = [
    `x="${px(x)}" y="${px(y)}" font-size="${size}" fill="${fill}"`,
    face === 'mono' ? `font-family="${MONO}"` : '',
    weight === undefined ? '' : `font-weight="${weight}"`,
    anchor === undefined || anchor === 'start' ? '' : `text-anchor="${anchor}"`,
    halo === undefined
      ? ''
      : `stroke="${halo}" stroke-width="4" stroke-linejoin="round" paint-order="stroke"`,
  ].filter((one) => one !== '');
  return `<text ${attributes.join(' ')}>${inside}</text>`;
}

/** A filled rectangle. */
export function boxAt(
  x: number,
  y: number,
  width: number,
  height: number,
  fill: string,
  further = '',
): string {
  return `<rect x="${px(x)}" y="${px(y)}" width="${px(width)}" height="${px(height)}" fill="${fill}"${further}/>`;
}

/** A stroke along a path. */
export function strokeAlong(path: string, stroke: string, width = 1, further = ''): string {
  return `<path d="${path}" fill="none" stroke="${stroke}" stroke-width="${width}"${further}/>`;
}

/** A coordinate, no finer than anybody sees. */
export function px(value: number): string {
  return String(Number(value.toFixed(1)));
}

/** Foreign text inside an element or a quoted attribute. */
export function escaped(text: string): string {
  return clean(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
