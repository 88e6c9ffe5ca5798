import type { PhaseResult, Report, ResolvedScenario, Round } from '../measurements.ts';
import { medianOf } from '../stats/index.ts';
import { duration, figure, NONE, plain } from './numbers.ts';
import { nameOf } from './words/labels.ts';
import { clean, cut } from './words/text.ts';

/** A figure that each phase of a round has. */
interface PhaseFigure {
  /** As files call it. */
  readonly key: string;
  /** As tables head it. */
  readonly head: readonly [group: string, name: string];
  /** The lower, the longer it is kept as room shrinks. */
  readonly rank: number;
  of(phase: PhaseResult): number | null;
  show(value: number): string;
}

const LONGEST_NAME = 16;
const two = (value: number) => figure(value, 2);

/** Latency is that of the messages due in the phase; costs are divided by what arrived in it. */
export const phaseFigures: readonly PhaseFigure[] = [
  latency('latencyP50Ms', 'p50', 1, ({ latency }) => latency.p50Ms),
  latency('latencyP99Ms', 'p99', 2, ({ latency }) => latency.p99Ms),
  {
    ...{ key: 'serverCpuPerMessageUs', head: ['CPU', 'µs/msg'], rank: 3, show: two },
    of: ({ serverCpuUs, arrived }) => over(serverCpuUs, arrived),
  },
  {
    ...{ key: 'serverCpuPercent', head: ['CPU', '% core'], rank: 4, show: two },
    of: ({ serverCpuUs, fromMs, toMs }) => over(serverCpuUs / 10, toMs - fromMs),
  },
  {
    ...{ key: 'appBytesPerMessage', head: ['app', 'B/msg'], rank: 5, show: two },
    of: ({ appUp, appDown, arrived }) => over(appUp + appDown, arrived),
  },
  {
    ...{ key: 'requestsPerMessage', head: ['requests', '/msg'], rank: 6, show: two },
    of: ({ requests, arrived }) => over(requests, arrived),
  },
];

function latency(key: string, name: string, rank: number, of: PhaseFigure['of']): PhaseFigure {
  return { key, head: [name, 'ms'], rank, of, show: two };
}

function over(amount: number, base: number): number | null {
  return base === 0 ? null : amount / base;
}

/** What every transport did in one phase: the medians of its valid rounds, as they are shown. */
export interface PhaseGroup {
  readonly name: string;
  readonly pace: string;
  readonly rows: readonly { readonly transport: string; readonly cells: readonly string[] }[];
}

/** The phases of a report, in turn; none where its rate is the same throughout. */
export function phaseGroupsOf(
  { scenario, rounds, summaries }: Report,
  figures: readonly PhaseFigure[],
): PhaseGroup[] {
  const valid = rounds.filter((round) => round.valid);
  const measured = summaries.filter(({ validRounds }) => validRounds > 0);
  return scenario.phases.map((phase, index) => ({
    name: `${cut(clean(phase.name), LONGEST_NAME)} (${duration(phase.durationMs)})`,
    pace: paceOf(phase),
    rows: measured.map(({ transport }) => ({
      transport: nameOf(transport),
      cells: cellsOf(
        valid.filter((round) => round.transport === transport),
        index,
        figures,
      ),
    })),
  }));
}

function cellsOf(rounds: readonly Round[], index: number, figures: readonly PhaseFigure[]): string[] {
  const phases = rounds.flatMap(({ phases }) => phases[index] ?? []);
  return figures.map(({ of, show }) => {
    const median = medianOf(phases.map(of).filter((value) => value !== null));
    return median === undefined ? NONE : show(median);
  });
}

/** `20`, or `1–50` where the rate changes. */
function paceOf({ fromPerSecond, toPerSecond }: ResolvedScenario['phases'][number]): string {
  const from = plain(fromPerSecond);
  return fromPerSecond === toPerSecond ? from : `${from}–${plain(toPerSecond)}`;
}
