import type { Sweep, Values, Varied } from '../../src/measurements/sweep.ts';
import type { Round } from '../../src/measurements.ts';
import { sweepOf } from '../../src/sweep/index.ts';
import { type SampleOptions, sampleReport } from '../report/sample.ts';

/** Rounds as one point of a sweep has them, each changed as its place in the grid asks. */
export type Change = (round: Round, values: Values) => Round;

/** A sweep as `rtbench sweep` makes it, of made-up rounds. */
export function sampleSweep(
  axes: readonly (Omit<Varied, 'names'> & Partial<Varied>)[],
  change: Change,
  options: SampleOptions & { readonly metrics?: Sweep['metrics'] } = {},
): Sweep {
  const { transports = ['polling', 'websocket'], rounds = 3 } = options;
  const vary = axes.map((axis) => ({ names: null, ...axis }));
  const points = vary.reduce<Values[]>(
    (found, { field, values }) => found.flatMap((at) => values.map((value) => ({ ...at, [field]: value }))),
    [{}],
  );
  const small = {
    ...options,
    transports,
    rounds,
    scenario: { clients: 20, durationMs: 500, ...options.scenario },
  };
  const report = sampleReport(small);
  const found = points.map((values) => report.rounds.map((round) => change(round, values)));
  const { schema: _, precision: __, summaries: ___, comparisons: ____, rounds: _____, ...head } = report;
  const { scenario } = report;
  return sweepOf(
    {
      command: [],
      transports,
      isolate: 'off',
      scenario,
      vary,
      metrics: options.metrics ?? ['serverCpuPerMessageUs', 'latencyP50Ms'],
      points: points.map((values) => ({ values, point: '', scenario })),
    },
    found,
    head,
  );
}

/** The server's CPU of a round, so many microseconds a message. */
export function costing(round: Round, us: number): Round {
  const cpuUs = us * round.delivery.arrivedInWindow;
  return { ...round, server: { ...round.server, cpuUserUs: cpuUs, cpuSystemUs: 0 } };
}
