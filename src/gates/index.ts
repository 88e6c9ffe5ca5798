import type { Report } from '../measurements.ts';
import type { Threshold } from '../plan/thresholds/threshold.ts';
import { type Against, judgeBaseline } from './baseline/judge.ts';
import { judgeThresholds } from './thresholds.ts';

export { checkBaseline } from './baseline/check.ts';
export type { Against } from './baseline/judge.ts';

/** What must hold of a report. */
export interface Asked {
  /** None where thresholds are not asked for. */
  readonly thresholds: readonly Threshold[];
  readonly against: Against | null;
}

/** The report with what was asked of it; earlier answers stay where the same kind was not asked again. */
export function judged(report: Report, { thresholds, against }: Asked): Report {
  const earlier = (kind: Report['gates'][number]['kind']) =>
    report.gates.filter((gate) => gate.kind === kind);
  const ofThresholds = thresholds.length === 0 ? earlier('threshold') : judgeThresholds(report, thresholds);
  if (against === null) return { ...report, gates: [...ofThresholds, ...earlier('baseline')] };
  const { gates, baseline } = judgeBaseline(report, against);
  return { ...report, gates: [...ofThresholds, ...gates], baseline };
}
