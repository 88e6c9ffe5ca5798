import type { Baseline, Gate, Report } from '../../measurements.ts';
import { measuredIn, type Side } from '../../report/diff/differences.ts';
import { type Diff, makeDiff } from '../../report/diff/make.ts';
import { plain } from '../../report/numbers.ts';
import { nameOf } from '../../report/words/labels.ts';
import { clean, counted, cut } from '../../report/words/text.ts';
import { metrics } from '../../stats/index.ts';
import { type Change, changeOf, inWords, isWorse, limitOf, subjectOf } from './change.ts';
import { strangenessOf } from './check.ts';
import { notesOf } from './notes.ts';
import { FEWEST_ROUNDS, rulesFor } from './rules.ts';

/** What a report is held against. */
export interface Against extends Side {
  /** In place of the usual margins of what is timed, as a share; null where those hold. */
  readonly margin: number | null;
}

/** Whether anything became worse than in an earlier report, beyond chance and beyond a margin. */
export function judgeBaseline(
  report: Report,
  { file, report: before, margin }: Against,
): { readonly gates: readonly Gate[]; readonly baseline: Baseline } {
  const place = `--baseline ${cut(clean(file), 60)}`;
  const transports = report.summaries.map(({ transport }) => transport);
  const known = transports.filter((name) => measuredIn(before).includes(name));
  const compared = known.filter((name) => measuredIn(report).includes(name));
  const silent = known.filter((name) => !compared.includes(name));
  const unknown = transports.filter((name) => !known.includes(name));
  const strange = strangenessOf(before.machine, report.machine);
  const diff = compared.length === 0 ? undefined : diffOf({ file, report: before }, report, compared);
  const changes = diff === undefined ? [] : changesOf(diff, report, before, margin);
  const isJudged = ({ rule, interval }: Change) =>
    rule.isExact || (strange.length === 0 && interval !== null);
  const [judged, untold] = [changes.filter(isJudged), changes.filter((change) => !isJudged(change))];
  const notes = [...notesOf({ unknown, strange, judged, untold }), ...(diff?.notes ?? [])];
  return {
    gates: [
      ...silent.map((name) => withoutRound(name, report, place)),
      ...judged.map((change) => gateOf(change, place)),
    ],
    baseline: { file, startedAt: before.startedAt, notes },
  };
}

/** Only of what both have, so that the intervals hold together for that. */
function diffOf(before: Side, after: Report, transports: readonly string[]): Diff {
  const only = (report: Report): Report => ({
    ...report,
    rounds: report.rounds.filter(({ transport }) => transports.includes(transport)),
  });
  return makeDiff(
    { ...before, report: only(before.report) },
    { file: 'this report', report: only(after) },
    true,
  );
}

function changesOf(diff: Diff, report: Report, before: Report, margin: number | null): Change[] {
  const isSilent = !diff.figures.some(({ metric }) => metric === 'appBytesPerMessage');
  const transports = [...new Set(diff.figures.map(({ transport }) => transport))];
  return transports.flatMap((transport) => {
    const rounds = [report, before].map((one) => validRounds(one, transport));
    const rules = rulesFor(isSilent, Math.min(...rounds) >= FEWEST_ROUNDS, margin);
    return rules.flatMap((rule) => changeOf(diff, transport, rule) ?? []);
  });
}

function validRounds({ rounds }: Report, name: string): number {
  return rounds.filter(({ transport, valid }) => transport === name && valid).length;
}

function gateOf(change: Change, place: string): Gate {
  const { rule, transport, ratio } = change;
  const passed = !isWorse(change);
  const way = metrics[rule.metric].better === 'lower' ? 'above' : 'below';
  const chance = passed && change.interval !== null && beyondMargin(change) ? ', which may be chance' : '';
  return {
    ...{ kind: 'baseline', place, transport, passed, value: ratio, limit: limitOf(rule) },
    rule: `${subjectOf(change)} at most ${plain(rule.margin * 100)}% ${way} the baseline`,
    found: `${inWords(change)}${passed ? chance : ': worse'}`,
  };
}

/** Worse, were it not for the interval. */
function beyondMargin(change: Change): boolean {
  return isWorse({ ...change, interval: null });
}

function withoutRound(transport: string, { rounds }: Report, place: string): Gate {
  const all = rounds.filter((round) => round.transport === transport).length;
  const found = all === 0 ? 'no round was finished' : `none of its ${counted(all, 'round')} is valid`;
  const rule = `${nameOf(transport)}: a valid round to hold against the baseline`;
  return { kind: 'baseline', place, transport, passed: false, value: null, limit: null, rule, found };
}
