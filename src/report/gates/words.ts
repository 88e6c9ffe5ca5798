import type { Gate, Report } from '../../measurements.ts';
import { clean, cut, minuteOf } from '../words/text.ts';

/** What was asked of a report, of one kind. */
export interface GateBlock {
  readonly title: string;
  readonly lines: readonly GateLine[];
  /** What must be known beside them. */
  readonly notes: readonly string[];
}

export interface GateLine {
  readonly passed: boolean;
  readonly text: string;
}

const LONGEST_FILE = 60;

/** Every threshold, and what the baseline says; none where nothing was asked. */
export function gateBlocksOf({ gates, baseline }: Pick<Report, 'gates' | 'baseline'>): GateBlock[] {
  const thresholds = gates.filter(({ kind }) => kind === 'threshold');
  const regressions = gates.filter(({ kind }) => kind === 'baseline');
  return [
    ...(thresholds.length === 0 ? [] : [thresholdBlock(thresholds)]),
    ...(baseline === null ? [] : [baselineBlock(regressions, baseline)]),
  ];
}

/** Failed or passed, in a line. */
export function lineOf({ passed, text }: GateLine): string {
  return `${markOf(passed)} ${text}`;
}

/** What stands before a gate. */
export function markOf(passed: boolean): string {
  return passed ? '✓' : '✗';
}

function thresholdBlock(gates: readonly Gate[]): GateBlock {
  return {
    title: `Thresholds, each of which fails where it is true: ${standingOf(gates)}`,
    lines: gates.map(told),
    notes: [],
  };
}

/** Those that hold are many and say the same: they are counted. */
function baselineBlock(
  gates: readonly Gate[],
  { file, startedAt, notes }: NonNullable<Report['baseline']>,
): GateBlock {
  const failed = gates.filter(({ passed }) => !passed);
  const others = gates.length - failed.length;
  const many = `${others} ${failed.length === 0 ? '' : 'other '}figure${others === 1 ? '' : 's'}`;
  const rest = { passed: true, text: `${many} not worse beyond margin and chance` };
  return {
    title: `Against ${cut(clean(file), LONGEST_FILE)} of ${minuteOf(startedAt)}: ${standingOf(gates)}`,
    lines: [...failed.map(told), ...(others === 0 ? [] : [rest])],
    notes: notes.map(clean),
  };
}

function told({ passed, rule, found }: Gate): GateLine {
  return { passed, text: `${clean(rule)}: ${clean(found)}` };
}

/** `all 3 passed`, or `1 of 3 failed`. */
function standingOf(gates: readonly Gate[]): string {
  const failed = gates.filter(({ passed }) => !passed).length;
  if (gates.length === 0) return 'nothing could be judged';
  if (failed > 0) return `${failed} of ${gates.length} failed`;
  return gates.length === 1 ? 'passed' : `all ${gates.length} passed`;
}
