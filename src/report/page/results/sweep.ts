import type { Sweep } from '../../../measurements/sweep.ts';
import { sweepChartsOf } from '../../charts/index.ts';
import { json } from '../../files/json.ts';
import { crossingSentences } from '../../sweep/crossing-words.ts';
import { nodeSentences, nodeSheets } from '../../sweep/nodes.ts';
import { legendOf, roundsOf } from '../../sweep/page.ts';
import { slopeSentences } from '../../sweep/slope-words.ts';
import { tablesOf } from '../../sweep/tables.ts';
import { shownAxis } from '../../sweep/values.ts';
import { interruptionOf, workloadOf } from '../../words/header.ts';
import { clean } from '../../words/text.ts';
import { figureOf } from '../figure.ts';
import { html } from '../markup.ts';
import { titleOf, whenOf } from '../parts/lead.ts';
import { methodSections } from '../parts/method.ts';
import { listOf, notesSection } from '../parts/notes.ts';
import { pageText } from '../shell.ts';
import { tableOf } from '../tables.ts';

/** A sweep as one page: where the order of the transports changes, drawn and told. */
export function sweepPage(sweep: Sweep): string {
  const rounds = roundsOf(sweep);
  const interruption = interruptionOf({ ...sweep, rounds });
  const varied = sweep.vary.map(({ field }) => field);
  const charts = sweepChartsOf(sweep);
  const crossings = crossingSentences(sweep);
  const slopes = slopeSentences(sweep);
  const tables = tablesOf(sweep).map(({ title, head, rows }) =>
    tableOf(
      {
        title,
        columns: head.map((name, place) => ({ group: '', name, align: place === 0 ? 'left' : 'right' })),
        rows: rows.map(({ name, cells }) => [
          { text: name, isBest: false },
          ...cells.map(({ text, isBest, isDoubtful }) => ({ text: isDoubtful ? `${text} ?` : text, isBest })),
        ]),
      },
      'shown',
    ),
  );
  return pageText({
    title: titleOf(sweep),
    kicker: [`Sweep of ${sweep.vary.map(shownAxis).join(' and ')}`, whenOf(sweep)],
    about: clean(sweep.scenario.summary),
    alerts: interruption === undefined ? [] : [interruption],
    lead: [...crossings, ...nodeSentences(sweep)],
    workload: workloadOf({ ...sweep, rounds }, varied).slice(1),
    sections: [
      { id: 'pictures', title: 'In pictures', body: html`${charts.map(figureOf)}` },
      { id: 'slopes', title: 'What each further step costs', body: listOf(slopes) },
      {
        id: 'nodes',
        title: 'Between the nodes',
        body: html`${nodeSheets(sweep).map((sheet) => tableOf(sheet, 'shown'))}`,
      },
      {
        id: 'figures',
        title: 'Point by point',
        body: html`${tables}<p class="legend">${legendOf(sweep, true)}</p>`,
      },
      notesSection(rounds),
      ...methodSections(sweep, rounds),
    ],
    json: json(sweep),
    isDrawn: charts.length > 0,
  });
}
