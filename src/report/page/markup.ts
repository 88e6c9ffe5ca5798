import { glued } from '../words/text.ts';

/** Text that is HTML already; everything else is text, and becomes HTML only by being escaped. */
export interface Html {
  readonly html: string;
}

/** What may stand inside a template: text and numbers are escaped, lists are joined. */
export type Part = string | number | Html | readonly Part[];

/** Nothing at all. */
export const nothing: Html = { html: '' };

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** HTML with foreign parts in it, in texts or in quoted attributes: none of them can end what they stand in. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  const texts = strings.map((text, place) => {
    const part = parts[place];
    return part === undefined ? text : text + textOf(part);
  });
  return { html: texts.join('') };
}

/** Foreign text as HTML shows it; control and direction characters are dropped. */
function escaped(text: string): string {
  return text
    .replace(/[^\P{C}\n]|[\u2028\u2029]/gu, '')
    .replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}

function textOf(part: Part): string {
  if (typeof part === 'string') return escaped(glued(part));
  if (typeof part === 'number') return String(part);
  return isHtml(part) ? part.html : part.map(textOf).join('');
}

function isHtml(part: Html | readonly Part[]): part is Html {
  return 'html' in part;
}
