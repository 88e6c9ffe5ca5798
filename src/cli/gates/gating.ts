import { RtbenchError } from '../../errors.ts';
import type { Report } from '../../measurements.ts';
import type { Plan } from '../../plan/plan.ts';
import { readShare } from '../../plan/units.ts';
import { expected } from '../../plan/wording.ts';
import { loadReport } from '../commands/saved/load.ts';
import type { OutputOptions } from '../output.ts';
import { complain } from '../print.ts';

/** What a command that judges reports reads. */
export interface GateOptions {
  readonly failIf?: readonly string[];
  readonly baseline?: string;
  readonly margin?: string;
}

/** How a report is judged, checked before anything runs. */
export interface Gating {
  judged(report: Report): Report;
  /** Says each gate on standard error where no table says it. */
  tell(report: Report): void;
  /** Throws where one of those asked for failed. */
  conclude(report: Report): void;
}

const MARGIN = { least: 0.01, most: 10 };
const MOST_NAMED = 3;

/** Whether anything is asked. */
export function isGated({ failIf, baseline, margin }: GateOptions): boolean {
  return failIf !== undefined || baseline !== undefined || margin !== undefined;
}

/** Reads the baseline and refuses what cannot be held against it. */
export async function gatingFor(
  options: GateOptions & OutputOptions,
  { transports, scenario, thresholds = [] }: Pick<Plan, 'transports' | 'scenario' | 'thresholds'>,
): Promise<Gating> {
  const margin = readMargin(options);
  const [{ judged, checkBaseline }, { gateLines }] = await Promise.all([
    import('../../gates/index.ts'),
    import('../../report/index.ts'),
  ]);
  const { baseline: file } = options;
  const against = file === undefined ? null : { file, report: await loadReport(file, '--baseline'), margin };
  if (against !== null) checkBaseline(against, transports, scenario);
  const isAsked = ({ kind }: Report['gates'][number]) =>
    kind === 'threshold' ? thresholds.length > 0 : against !== null;
  const isTable = !options.json && (options.format ?? 'table') === 'table';
  return {
    judged: (report) => judged(report, { thresholds, against }),
    tell(report) {
      if (isTable) return;
      for (const line of gateLines(report)) complain(line);
    },
    conclude({ gates }) {
      const asked = gates.filter(isAsked);
      const failed = asked.filter(({ passed }) => !passed).map(({ rule }) => rule);
      if (failed.length === 0) return;
      const named = [...failed.slice(0, MOST_NAMED), ...(failed.length > MOST_NAMED ? ['…'] : [])].join('; ');
      throw new RtbenchError('gate', `${failed.length} of ${asked.length} gates failed: ${named}`);
    },
  };
}

function readMargin({ margin, baseline }: GateOptions): number | null {
  if (margin === undefined) return null;
  if (baseline === undefined) throw expected('--margin', 'left out, or to come with --baseline', margin);
  const share = readShare(margin);
  if (share !== undefined && share >= MARGIN.least && share <= MARGIN.most) return share;
  throw expected('--margin', 'from 1% to 1000%', margin);
}
