import { clean } from '../words/text.ts';

/** An element with its attributes, and inside it elements or one text that is foreign. */
export function element(
  name: string,
  attributes: Readonly<Record<string, string | number>>,
  inside: string | readonly Element[] = [],
): Element {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(String(value))}"`);
  const open = `${name}${written.join('')}`;
  if (typeof inside === 'string') return { lines: [`<${open}>${escaped(inside)}</${name}>`] };
  if (inside.length === 0) return { lines: [`<${open}/>`] };
  return {
    lines: [`<${open}>`, ...inside.flatMap(({ lines }) => lines.map((line) => `  ${line}`)), `</${name}>`],
  };
}

/** Written already: only what `element` made is one. */
export interface Element {
  readonly lines: readonly string[];
}

/** A whole document. */
export function documentOf({ lines }: Element): string {
  return `${['<?xml version="1.0" encoding="UTF-8"?>', ...lines].join('\n')}\n`;
}

/** XML 1.0 knows neither control characters nor U+FFFE and U+FFFF, not even as entities. */
function escaped(text: string): string {
  return clean(text)
    .replace(/[\uFFFE\uFFFF]/g, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
