import type { Fallback } from '../../../measurements.ts';
import { cellsOf } from '../../fallback/rows.ts';
import {
  crossingLine,
  failuresOf,
  legendOf,
  mismatchTitle,
  sentencesOf,
  workOf,
} from '../../fallback/words.ts';
import { json } from '../../files/json.ts';
import { nameOf } from '../../words/labels.ts';
import { clean, counted } from '../../words/text.ts';
import { html } from '../markup.ts';
import { whenOf } from '../parts/lead.ts';
import { methodSections } from '../parts/method.ts';
import { listOf } from '../parts/notes.ts';
import { pageText } from '../shell.ts';
import { cellsTable, tableOf } from '../tables.ts';

const WORDS = ['way', 'carried by', 'beyond plain'];

/** Which transports got through, as one page. */
export function fallbackPage(found: Fallback): string {
  const { head, lines } = cellsOf(found);
  const rows = lines.map((line, place) => [nameOf(found.tries[place]?.transport ?? ''), ...line]);
  const mismatches = found.mismatches.map(
    (one) => html`<h3>${mismatchTitle(one)}</h3>
<div class="scroll" role="region" tabindex="0" aria-label="${mismatchTitle(one)}"><pre><code>${one.crossed
      .map(crossingLine)
      .join('\n')}</code></pre></div>`,
  );
  return pageText({
    title: 'fallback',
    kicker: [counted(found.tries.length, 'try').replace(/ys$/, 'ies'), whenOf(found)],
    about: clean(found.scenario.summary),
    alerts: found.interrupted ? ['Interrupted: made from the tries that were finished.'] : [],
    lead: sentencesOf(found),
    workload: workOf(found).slice(1),
    sections: [
      {
        id: 'figures',
        title: 'Every way',
        body: html`${tableOf(cellsTable('Who got through by which way', ['transport', ...head], rows, WORDS))}
<p class="legend">${legendOf()}</p>`,
      },
      { id: 'failures', title: 'What failed', body: listOf(failuresOf(found)) },
      { id: 'mismatches', title: 'Who does not understand whom', body: html`${mismatches}` },
      ...methodSections(found),
    ],
    json: json(found),
    isDrawn: false,
  });
}
