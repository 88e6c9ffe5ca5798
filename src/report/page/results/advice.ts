import type { Advice } from '../../../measurements/advice.ts';
import {
  adjustmentOf,
  answerOf,
  columnsOf,
  flipsOf,
  furtherOf,
  legendOf,
  roundsOf,
  sentenceOf,
  unrankedOf,
} from '../../advice/page.ts';
import { json } from '../../files/json.ts';
import { interruptionOf, workloadOf } from '../../words/header.ts';
import { clean } from '../../words/text.ts';
import { html } from '../markup.ts';
import { titleOf, whenOf } from '../parts/lead.ts';
import { methodSections } from '../parts/method.ts';
import { listOf, notesSection } from '../parts/notes.ts';
import { pageText } from '../shell.ts';
import { tableOf } from '../tables.ts';

/** An advice as one page: the answer, the ranking with its reasons, and when it would be another. */
export function advicePage(advice: Advice): string {
  const { ranking, scenario } = advice;
  const interruption = interruptionOf(advice);
  const columns = columnsOf(advice);
  const table = tableOf({
    title: 'The transports by place',
    columns: columns.map(({ head, unit, align }) => ({
      group: '',
      name: head || 'against the best',
      unit,
      align,
    })),
    rows: ranking.map((_, row) =>
      columns.map(({ cells }) => ({ text: (cells[row] ?? '').trim(), isBest: false })),
    ),
  });
  return pageText({
    title: titleOf(advice),
    kicker: ['Advice', whenOf(advice)],
    about: clean(scenario.summary),
    alerts: interruption === undefined ? [] : [interruption],
    lead: [answerOf(advice)],
    workload: [...workloadOf(advice).slice(1), ...adjustmentOf(advice)],
    sections: [
      {
        id: 'figures',
        title: 'The ranking',
        body: html`${table}
${listOf(ranking.map(sentenceOf))}<p class="legend">${legendOf()}</p>`,
      },
      {
        id: 'flips',
        title: 'When the answer would be another',
        body: listOf([...flipsOf(advice), furtherOf(advice)].filter((text) => text !== '')),
      },
      notesSection(roundsOf(advice), unrankedOf(advice)),
      ...methodSections(advice, advice.rounds),
    ],
    json: json(advice),
    isDrawn: false,
  });
}
