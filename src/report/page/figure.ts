import type { Chart } from '../charts/chart.ts';
import { dark, light } from '../charts/palette.ts';
import { themed } from './colours.ts';
import { drawn } from './drawing.ts';
import { type Html, html } from './markup.ts';
import { packed } from './packed.ts';
import { tableOf } from './tables.ts';

/** A picture with its title, what there is to see in it, and its numbers; a script makes it answer to the pointer and the keys. */
export function figureOf(chart: Chart): Html {
  const { name, title, summary, note, heightPx, sheets } = chart;
  const options = [chart.option(light), chart.option(dark)] as const;
  const [onLight, onDark] = options.map((option) => drawn(option, heightPx));
  const id = `chart-${name}`;
  const tables = sheets.map((sheet) =>
    tableOf({ ...sheet, title: sheet.title || title }, sheets.length > 1 ? 'shown' : 'spoken'),
  );
  return html`<figure id="${id}" data-height="${heightPx}">
<figcaption><h3 id="${id}-title">${title}</h3>
<p id="${id}-summary">${summary}</p></figcaption>
<div class="static" role="img" aria-labelledby="${id}-title" aria-describedby="${id}-summary">${{ html: themed(onLight ?? '', onDark ?? '') }}</div>
<script type="application/gzip">${packed(themed(JSON.stringify(options[0]), JSON.stringify(options[1])))}</script>
<p class="legend">${note}</p>
<details><summary>The numbers</summary>
${tables}</details>
</figure>
`;
}
