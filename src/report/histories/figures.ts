import type { Capacity, Estimate, Head, Report } from '../../measurements.ts';
import { METRIC_KEYS } from '../../measurements.ts';
import { metrics } from '../../stats/index.ts';
import { clean, counted } from '../words/text.ts';

/** One figure as services take it that keep many runs; its texts are the report's own, which may be anything. */
export interface Figure {
  readonly scenario: string;
  readonly transport: string;
  /** As the report calls it, in one word. */
  readonly key: string;
  readonly label: string;
  readonly unit: string;
  readonly better: 'lower' | 'higher';
  readonly estimate: Estimate;
  /** What it rests on, in a sentence. */
  readonly basis: string;
}

/** What a report knows, transport by transport; what could not be had is left out. */
export function reportFigures(report: Report): Figure[] {
  return report.summaries.flatMap(({ transport, validRounds, rounds, metrics: known }) =>
    METRIC_KEYS.flatMap((key) => {
      const estimate = known[key];
      if (estimate === undefined) return [];
      const { label, unit, better } = metrics[key];
      const basis = `median of ${counted(validRounds, 'valid round')} of ${rounds} on ${placeOf(report)}`;
      return [
        { ...whose(report, transport), key, label: labels[key] ?? label, unit, better, estimate, basis },
      ];
    }),
  );
}

/** The highest loads that were carried; those of transports that carried none are left out. */
export function capacityFigures(capacity: Capacity): Figure[] {
  return capacity.transports.flatMap(({ transport, answer }) => {
    const basis = `${answer.kind === 'at-least' ? 'at least so much' : 'the highest load within the bounds'} on ${placeOf(capacity)}`;
    const common = { ...whose(capacity, transport), better: 'higher' as const, basis };
    const figure = (key: string, label: string, unit: string, median: number | null) =>
      median === null ? [] : [{ ...common, key, label, unit, estimate: { median, low: null, high: null } }];
    return [
      ...figure('capacityDeliveriesPerSecond', 'capacity', 'deliveries/s', answer.deliveriesPerSecond),
      ...figure(
        'capacityDeliveriesPerCoreSecond',
        'deliveries per second of server CPU',
        'deliveries/s',
        answer.deliveriesPerCoreSecond,
      ),
    ];
  });
}

/** Where two metrics have the same label, in different units, one is told apart. */
const labels: Readonly<Record<string, string>> = {
  serverCpuPerMessageYardsticks: 'server CPU per message in yardsticks',
};

function whose({ scenario }: Head, transport: string): Pick<Figure, 'scenario' | 'transport'> {
  return { scenario: scenario.name, transport };
}

function placeOf({ machine, rtbench }: Head): string {
  return `${machine.cpu}, Node ${machine.node}, rtbench ${rtbench}`;
}

/** Services put names into pages and comments: nothing that is markup, a mention or a command there. */
export function inert(text: string): string {
  return clean(text).replace(/[^\p{L}\p{N} ._:,+()/%-]/gu, '_') || '_';
}

/** Without what the arithmetic of binary fractions leaves behind the twelfth digit. */
export function tidy(value: number): number {
  return Number(value.toPrecision(12));
}
