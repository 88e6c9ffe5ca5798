import { markdownTable } from 'markdown-table';
import type { Capacity } from '../../measurements.ts';
import { csvText } from '../files/csv.ts';
import { jsonLines } from '../files/json.ts';
import { escaped } from '../files/markup.ts';
import { nameOf } from '../words/labels.ts';
import { answerCells, stepCells, stepsInOrder } from './rows.ts';
import { markOf, placeOf, sentencesOf, workOf } from './words.ts';

/** One line a step, then one for each transport's answer. */
export function ndjson({ transports }: Capacity): string {
  return jsonLines(
    transports.flatMap(({ transport, steps, answer, endpoint }) => [
      ...steps.map((step) => ({ type: 'step', transport, ...step })),
      { type: 'answer', transport, ...answer, endpoint },
    ]),
  );
}

const CSV_HEAD = [
  'transport',
  'value',
  'clients',
  'ratePerSecond',
  'verdict',
  'limiter',
  'rounds',
  'spoilt',
  'deliveriesPerSecond',
  'lost',
  'latencyP50Ms',
  'latencyP90Ms',
  'latencyP99Ms',
  'latencyP999Ms',
  'latencyMaxMs',
  'latencyMeanMs',
  'serverCoreShare',
  'driverCoreShare',
  'serverLoopDelayP99Ms',
  'flags',
];

/** One line a step, in the order they were made. */
export function csv({ transports }: Capacity): string {
  const lines = transports.flatMap(({ transport, steps }) =>
    steps.map((step) => {
      const { latency } = step;
      return [
        transport,
        ...[step.value, step.clients, step.ratePerSecond, step.verdict, step.limiter],
        ...[step.rounds, step.spoilt, step.deliveriesPerSecond, step.lost],
        ...[latency?.p50Ms ?? null, latency?.p90Ms ?? null, latency?.p99Ms ?? null],
        ...[latency?.p999Ms ?? null, latency?.maxMs ?? null, latency?.meanMs ?? null],
        ...[step.serverCoreShare, step.driverCoreShare, step.serverLoopDelayP99Ms],
        [...new Set(step.flags.map(({ code }) => code))].join(' '),
      ];
    }),
  );
  return csvText([CSV_HEAD, ...lines]);
}

/** The result as GitHub-flavoured Markdown. */
export function markdown(capacity: Capacity): string {
  const { transports } = capacity;
  const answers = answerCells(capacity);
  const paragraphs = [
    `**${escaped(workOf(capacity).join(' · '))}**`,
    escaped(placeOf(capacity).join(' · ')),
    capacity.interrupted ? 'Interrupted: made from the steps that were finished.' : '',
    ...transports.flatMap((found) => {
      const steps = stepsInOrder(found);
      const { head, lines } = stepCells(capacity, steps);
      const marked = lines.map((line, index) => [...line, steps[index] ? markOf(steps[index]) : '']);
      return [
        `### ${escaped(nameOf(found.transport))}`,
        tableOf([...head, 'verdict'], marked),
        escaped(sentencesOf(capacity, found).join(' ')),
      ];
    }),
    transports.length < 2 ? '' : tableOf(answers.head, answers.lines),
  ];
  return `${paragraphs.filter((paragraph) => paragraph !== '').join('\n\n')}\n`;
}

function tableOf(head: readonly string[], lines: readonly (readonly string[])[]): string {
  return markdownTable([[...head], ...lines.map((line) => line.map(escaped))], {
    align: head.map((name) => (name === 'transport' || name === 'verdict' ? 'l' : 'r')),
  });
}
