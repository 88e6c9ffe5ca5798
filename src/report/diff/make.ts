import { RtbenchError } from '../../errors.ts';
import type { Comparison, Machine, MetricKey, Report } from '../../measurements.ts';
import { diffRounds, summarize } from '../../stats/index.ts';
import { clean, cut, listed } from '../words/text.ts';
import { differencesOf, measuredIn, type Side, workDifferences } from './differences.ts';

/** What `rtbench diff` found between two reports. */
export interface Diff {
  readonly schema: 'rtbench/diff@1';
  readonly before: Origin;
  readonly after: Origin;
  /** What else differs between the two, in sentences: nothing of it is in the verdicts. */
  readonly notes: readonly string[];
  /** As in a report, but of the second file's rounds to the first's: `against` is the first file. */
  readonly comparisons: readonly Comparison[];
  /** The medians that the table shows. */
  readonly figures: readonly Figures[];
}

/** Where one side of a diff comes from. */
export interface Origin {
  readonly file: string;
  readonly startedAt: string;
  readonly rtbench: string;
  readonly machine: Machine;
  readonly rounds: number;
  readonly validRounds: number;
}

/** One metric of one transport on both sides. */
export interface Figures {
  readonly transport: string;
  readonly metric: MetricKey;
  readonly before: number;
  readonly after: number;
}

/** Compares two reports; refuses what cannot be compared, and different work unless `force` is set. */
export function makeDiff(before: Side, after: Side, force: boolean): Diff {
  checkRounds(before, after);
  const work = workDifferences(before.report.scenario, after.report.scenario);
  if (work.length > 0 && !force) {
    throw refusal(
      `Expected reports of the same work, but ${shown(before)} and ${shown(after)} differ in ${listed(work)};` +
        ' --force compares them all the same',
    );
  }
  const forced = work.length === 0 ? [] : [`The work differs in ${listed(work)}: the ratios hold that too.`];
  return {
    schema: 'rtbench/diff@1',
    before: originOf(before),
    after: originOf(after),
    notes: [...forced, ...differencesOf(before, after)],
    comparisons: diffRounds(before.report.rounds, after.report.rounds, before.file),
    figures: figuresOf(before.report, after.report),
  };
}

function checkRounds(before: Side, after: Side): void {
  for (const side of [before, after]) {
    if (!side.report.rounds.some(({ valid }) => valid)) {
      throw refusal(`Expected rounds to compare, but ${shown(side)} has no valid one`);
    }
  }
  const [first, second] = [before, after].map(({ report }) => measuredIn(report));
  if (first === undefined || second === undefined || first.some((name) => second.includes(name))) return;
  throw refusal(
    `Expected a transport that both reports have, but ${shown(before)} has ${named(first)} and ${shown(after)} ${named(second)}`,
  );
}

function refusal(message: string): RtbenchError {
  return new RtbenchError('report', message);
}

function shown({ file }: Side): string {
  return cut(clean(file), 60);
}

function named(transports: readonly string[]): string {
  return listed(transports.map((name) => cut(clean(name), 20)));
}

function originOf({ file, report }: Side): Origin {
  const { startedAt, rtbench, machine, rounds } = report;
  const validRounds = rounds.filter(({ valid }) => valid).length;
  return { file, startedAt, rtbench, machine, rounds: rounds.length, validRounds };
}

function figuresOf(before: Report, after: Report): Figures[] {
  const others = summarize(after.rounds);
  return summarize(before.rounds).flatMap(({ transport, metrics }) => {
    const other = others.find((summary) => summary.transport === transport)?.metrics;
    return keysOf(metrics).flatMap((metric) => {
      const medians = { before: metrics[metric]?.median, after: other?.[metric]?.median };
      return medians.before === undefined || medians.after === undefined
        ? []
        : [{ transport, metric, before: medians.before, after: medians.after }];
    });
  });
}

function keysOf<Key extends string>(record: Readonly<Partial<Record<Key, unknown>>>): Key[] {
  return Object.keys(record).filter((key): key is Key => key in record);
}
