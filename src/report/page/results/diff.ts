import { ratioParts } from '../../columns.ts';
import type { Diff } from '../../diff/make.ts';
import { rowsOf } from '../../diff/rows.ts';
import { legendOf, originsOf, sentencesOf } from '../../diff/words.ts';
import { json } from '../../files/json.ts';
import { figure, NONE } from '../../numbers.ts';
import { nameOf } from '../../words/labels.ts';
import type { Look } from '../../writer.ts';
import { html } from '../markup.ts';
import { listOf } from '../parts/notes.ts';
import { pageText } from '../shell.ts';
import { type TableCell, tableOf } from '../tables.ts';

const COLUMNS = ['metric', 'A', 'B', 'B/A'];

/** What differs between two reports, as one page. */
export function diffPage(diff: Diff, { cpu }: Look): string {
  const rows = rowsOf(diff, cpu);
  const groups = [...Map.groupBy(rows, ({ transport }) => transport)];
  const [lead = '', ...further] = sentencesOf(rows);
  const table = tableOf({
    title: 'Each figure before and after',
    columns: COLUMNS.map((name, place) => ({ group: '', name, align: place === 0 ? 'left' : 'right' })),
    rows: rows.map(({ label, unit, before, after, comparison }): TableCell[] => {
      const [middle = '', arrow = '', note = ''] = comparison === undefined ? [NONE] : ratioParts(comparison);
      const texts = [unit === '' ? label : `${label}, ${unit}`, figure(before), figure(after)];
      return [
        ...texts.map((text) => ({ text, isBest: false })),
        { text: `${middle} ${arrow}`.trim(), note, isBest: false },
      ];
    }),
    heads: groups.map(([transport, own]) => ({ text: nameOf(transport), many: own.length })),
  });
  return pageText({
    title: 'What changed',
    kicker: ['Comparison of two reports'],
    about: '',
    alerts: [],
    lead: [lead, ...further],
    workload: originsOf(diff),
    sections: [
      {
        id: 'figures',
        title: 'Before and after',
        body: html`${table}<p class="legend">${legendOf(rows)}</p>`,
      },
      { id: 'notes', title: 'What else differs', body: listOf(diff.notes) },
    ],
    json: json(diff),
    isDrawn: false,
  });
}
