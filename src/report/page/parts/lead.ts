import type { Head, Report } from '../../../measurements.ts';
import { hasFaults } from '../../faults/outcome.ts';
import { conservationOf, faultVerdict } from '../../faults/words.ts';
import { aloneSentences } from '../../words/alone.ts';
import { interruptionOf } from '../../words/header.ts';
import { sentencesOf } from '../../words/sentences.ts';
import { clean, counted, cut } from '../../words/text.ts';
import type { CpuUnit } from '../../writer.ts';
import { gateAlerts } from './notes.ts';

const LONGEST_TITLE = 60;

/** What a page of a scenario is called. */
export function titleOf({ scenario }: Pick<Head, 'scenario'>): string {
  return cut(clean(scenario.name), LONGEST_TITLE) || 'Unnamed';
}

/** When it was measured, as people say it. */
export function whenOf({ startedAt }: Pick<Head, 'startedAt'>): string {
  const time = new Date(startedAt);
  if (Number.isNaN(time.getTime())) return clean(startedAt);
  const date = time.toLocaleDateString('en-GB', { timeZone: 'UTC', dateStyle: 'long' });
  return `${date}, ${time.toISOString().slice(11, 16)} UTC`;
}

/** What the report means, before anything else is read. */
export function leadOf(report: Report, cpu?: CpuUnit): string[] {
  if (hasFaults(report))
    return [...faultVerdict(report), conservationOf(report)].filter((text) => text !== '');
  return report.summaries.length === 1 ? aloneSentences(report, cpu) : sentencesOf(report, cpu);
}

/** What must be known before a figure is read. */
export function alertsOf(report: Report): string[] {
  const { rounds, gates } = report;
  const interruption = interruptionOf(report);
  const invalid = rounds.filter(({ valid }) => !valid).length;
  return [
    ...gateAlerts(gates),
    ...(interruption === undefined ? [] : [interruption]),
    ...(invalid === 0
      ? []
      : [
          `${invalid} of ${counted(rounds.length, 'round')} ${invalid === 1 ? 'is' : 'are'} invalid and left out of figures and verdicts; why is told under “What to keep in mind”.`,
        ]),
  ];
}
