import { BYTE_CLASSES, type ByteClass } from '../../../measurements/trace/steps.ts';
import { themed } from '../../page/colours.ts';
import { type Html, html } from '../../page/markup.ts';
import { CLASS_MARKS } from '../classes.ts';
import { darkInks, lightInks } from '../svg/inks.ts';

/** A spot in the colour of a class, in the page's theme. */
export function spotOf(name: ByteClass): Html {
  const colour = themed(lightInks.classes[name], darkInks.classes[name]);
  return html`<svg class="spot" viewBox="0 0 10 10" aria-hidden="true"><rect width="10" height="10" rx="2" fill="${colour}"/></svg>`;
}

/** The classes of bytes and what each is there for. */
export function classLegend(): Html {
  return html`<ul class="classes" aria-label="Classes of bytes">${BYTE_CLASSES.map(
    (name) => html`<li>${spotOf(name)}<b>${name}</b> <span>${CLASS_MARKS[name].meaning}</span></li>`,
  )}</ul>`;
}
