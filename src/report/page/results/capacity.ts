import type { Capacity } from '../../../measurements.ts';
import { answerCells, stepCells, stepsInOrder } from '../../capacity/rows.ts';
import { legendOf, markOf, sentencesOf, workOf } from '../../capacity/words.ts';
import { capacityCharts } from '../../charts/index.ts';
import { json } from '../../files/json.ts';
import { nameOf } from '../../words/labels.ts';
import { clean, counted } from '../../words/text.ts';
import { figureOf } from '../figure.ts';
import { html } from '../markup.ts';
import { titleOf, whenOf } from '../parts/lead.ts';
import { methodSections } from '../parts/method.ts';
import { pageText } from '../shell.ts';
import { cellsTable, tableOf } from '../tables.ts';

/** What a search for the capacity found, as one page. */
export function capacityPage(capacity: Capacity): string {
  const { transports, scenario, interrupted } = capacity;
  const answers = answerCells(capacity);
  const charts = capacityCharts(capacity);
  const steps = transports.map((found) => {
    const inOrder = stepsInOrder(found);
    const { head, lines } = stepCells(capacity, inOrder);
    const marked = inOrder.map((step, place) => [...(lines[place] ?? []), markOf(step)]);
    return tableOf(cellsTable(nameOf(found.transport), [...head, 'verdict'], marked, ['verdict']), 'shown');
  });
  return pageText({
    title: titleOf(capacity),
    kicker: [`Capacity of ${counted(transports.length, 'transport')}`, whenOf(capacity)],
    about: clean(scenario.summary),
    alerts: interrupted ? ['Interrupted: made from the steps that were finished.'] : [],
    lead: transports.flatMap((found) => sentencesOf(capacity, found)),
    workload: workOf(capacity),
    sections: [
      {
        id: 'figures',
        title: 'Side by side',
        body: html`${tableOf(cellsTable('What each transport bears', answers.head, answers.lines, ['limit']))}
<p class="legend">${legendOf(capacity)}</p>`,
      },
      { id: 'pictures', title: 'In pictures', body: html`${charts.map(figureOf)}` },
      { id: 'steps', title: 'Step by step', body: html`${steps}` },
      ...methodSections(capacity),
    ],
    json: json(capacity),
    isDrawn: charts.length > 0,
  });
}
