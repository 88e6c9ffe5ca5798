import type { Report } from '../../../measurements.ts';
import type { Chart } from '../../charts/chart.ts';
import { chartsOf } from '../../charts/index.ts';
import { hasFaults } from '../../faults/outcome.ts';
import { json } from '../../files/json.ts';
import { workloadOf } from '../../words/header.ts';
import { inProse } from '../../words/labels.ts';
import { legendOf } from '../../words/legend.ts';
import { absencesOf } from '../../words/sentences.ts';
import { clean, counted } from '../../words/text.ts';
import type { Look } from '../../writer.ts';
import { figureOf } from '../figure.ts';
import { type Html, html, nothing } from '../markup.ts';
import { aloneBody } from '../parts/alone.ts';
import { comparisonTable } from '../parts/comparison.ts';
import { alertsOf, leadOf, titleOf, whenOf } from '../parts/lead.ts';
import { methodSections } from '../parts/method.ts';
import { gatesSection, notesSection } from '../parts/notes.ts';
import { faultsSection, nodesSection, phasesSection } from '../parts/troubles.ts';
import { pageText, type Section } from '../shell.ts';
import { tableOf } from '../tables.ts';

/** A report as one page, for who would rather look than read. */
export function reportPage(report: Report, look: Look): string {
  const { summaries, scenario, rounds, gates } = report;
  const broken = hasFaults(report);
  const charts = broken ? overTimeFirst(chartsOf(report)) : chartsOf(report);
  const [only] = summaries.length === 1 ? summaries : [];
  const subject =
    only === undefined
      ? `Comparison of ${counted(summaries.length, 'transport')}`
      : `Measurement of ${inProse(only.transport)}`;
  const troubles = [faultsSection(report), nodesSection(report)];
  const pictures = { id: 'pictures', title: 'In pictures', body: html`${charts.map(figureOf)}` };
  return pageText({
    title: titleOf(report),
    kicker: [subject, whenOf(report)],
    about: clean(scenario.summary),
    alerts: alertsOf(report),
    lead: leadOf(report, look.cpu),
    workload: workloadOf(report).slice(1),
    sections: [
      gatesSection(gates),
      ...(hasFaults(report) ? [...troubles, measured(report, look)] : [measured(report, look), ...troubles]),
      pictures,
      phasesSection(report),
      notesSection(rounds, absencesOf(report)),
      ...methodSections(report, rounds),
    ],
    json: json(report),
    isDrawn: charts.length > 0,
  });
}

/** Where things went wrong, when they did says more than what all came to. */
function overTimeFirst(charts: readonly Chart[]): Chart[] {
  const isOverTime = ({ name }: Chart) => name.startsWith('time');
  return [...charts.filter(isOverTime), ...charts.filter((chart) => !isOverTime(chart))];
}

/** The figures: of one transport subject by subject, of several side by side. */
function measured(report: Report, { cpu }: Look): Section {
  const isOne = report.summaries.length === 1;
  return {
    id: 'figures',
    title: isOne ? 'What it did and cost' : 'Side by side',
    body: isOne ? aloneBody(report, cpu) : sideBySide(report, cpu),
  };
}

function sideBySide(report: Report, cpu: Look['cpu']): Html {
  // What faults leave of costs is no comparison.
  if (hasFaults(report) || report.summaries.every(({ validRounds }) => validRounds === 0)) return nothing;
  return html`${tableOf(comparisonTable(report, cpu))}
<p class="legend">${legendOf(report, true, cpu)}</p>`;
}
