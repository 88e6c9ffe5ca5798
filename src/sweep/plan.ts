import type { Values, Varied } from '../measurements/sweep.ts';
import type { MetricKey, ResolvedScenario } from '../measurements.ts';
import type { Facts } from '../plan/limits/open-files.ts';
import { makePlan, type Request } from '../plan/make.ts';
import type { Plan } from '../plan/plan.ts';
import { metricNamed } from '../plan/settings.ts';
import { expected } from '../plan/wording.ts';
import { interleavePoints, type Turn } from '../run/order.ts';
import { type Axis, gridOf, readAxes } from './grid.ts';

/** Everything a sweep needs, resolved and checked before anything starts; plain data. */
export interface SweepPlan extends Plan {
  readonly vary: readonly Varied[];
  readonly metrics: readonly MetricKey[];
  readonly points: readonly PlannedPoint[];
}

/** One point of the grid, with its scenario. */
export interface PlannedPoint {
  readonly values: Values;
  /** In a few words, for whoever waits. */
  readonly point: string;
  readonly scenario: ResolvedScenario;
}

/** What `sweep` asks for. */
export interface SweepRequest extends Omit<Request, 'until'> {
  /** `--vary` and `--metric` as typed. */
  readonly vary: readonly string[];
  readonly metrics: readonly string[];
}

const DEFAULT_METRICS: readonly MetricKey[] = [
  'serverCpuPerMessageUs',
  'latencyP50Ms',
  'latencyP99Ms',
  'appBytesPerMessage',
];
/** Where things go wrong, costs and latencies say little. */
const FAULT_METRICS: readonly MetricKey[] = ['lostRatio', 'noticedP50Ms', 'recoveredP99Ms'];
const CLUSTER_METRICS: readonly MetricKey[] = ['localDeliveredRatio', 'remoteDeliveredRatio', 'hopP50Ms'];
const MOST_ROUNDS = 2000;

/** Resolves every point of the grid and checks it as a plan of its own; throws for the first thing that is wrong. */
export function makeSweepPlan({ vary, metrics, ...request }: SweepRequest, facts: Facts): SweepPlan {
  const axes = readAxes(vary, request.options);
  const plans = gridOf(axes).map(({ values, written, label }) => {
    const options = { ...request.options, ...written };
    return { values, point: label, plan: makePlan({ ...request, options }, facts) };
  });
  const plan = plans[0]?.plan;
  if (plan === undefined) throw expected('--vary', 'a field and its values', vary.join(' '));
  checkRounds(plan, plans.length);
  for (const one of plans) checkTaken(axes, one);
  return {
    ...plan,
    vary: axes.map(({ field, option, values, names }) => ({ field, option, values, names })),
    metrics:
      metrics.length === 0
        ? usualMetrics(plans.map((one) => one.plan.scenario))
        : [...new Set(metrics.map((name) => metricNamed(name, '--metric')))],
    points: plans.map(({ values, point, plan: { scenario } }) => ({ values, point, scenario })),
  };
}

/** What a sweep of such scenarios shows where nobody says. */
function usualMetrics(scenarios: readonly ResolvedScenario[]): readonly MetricKey[] {
  if (scenarios.some(({ nodes }) => nodes > 1)) return CLUSTER_METRICS;
  return scenarios.some(({ faults }) => faults.length > 0) ? FAULT_METRICS : DEFAULT_METRICS;
}

/** All rounds of a sweep, in the order they are run. */
export function turnsOf({ transports, points, scenario }: SweepPlan): Turn[] {
  return interleavePoints(transports, points, scenario);
}

/** Where nothing is said, for one, there is no rate to vary. */
function checkTaken(
  axes: readonly Axis[],
  { values, plan }: { readonly values: Values; readonly plan: Plan },
): void {
  const { scenario } = plan;
  for (const { setting, option, names } of axes) {
    if (names !== null || scenario[setting] === values[setting]) continue;
    throw expected('--vary', `a field that counts in ${scenario.name}`, option);
  }
}

function checkRounds({ scenario: { rounds }, transports, until }: Plan, points: number): void {
  if (until) throw expected('--rounds', 'a number in a sweep', 'auto');
  const all = rounds * transports.length * points;
  if (all <= MOST_ROUNDS) return;
  const product = 'the rounds of a sweep (points x transports x --rounds)';
  throw expected(product, `at most ${MOST_ROUNDS}`, String(all));
}
