import { isSilent } from '../applications/index.ts';
import { RtbenchError } from '../errors.ts';
import type { Values, Varied } from '../measurements/sweep.ts';
import type { ResolvedScenario } from '../measurements.ts';
import { fields } from '../plan/fields/index.ts';
import type { Facts } from '../plan/limits/open-files.ts';
import { makePlan, type Request } from '../plan/make.ts';
import type { Plan } from '../plan/plan.ts';
import { expected } from '../plan/wording.ts';
import { interleave, interleavePoints } from '../run/order.ts';
import { expectedMs } from '../run/rounds.ts';
import type { PlannedPoint } from '../sweep/plan.ts';
import { AROUND, AT_POINT, shortened } from './window.ts';

/** Everything that an advice needs, resolved and checked before anything starts; plain data. */
export interface AdvicePlan extends Plan {
  readonly adjusted: readonly string[];
  /** Where it is looked whether the answer would be another; null where there is no time for it. */
  readonly around: Around | null;
}

/** A few points beside the workload's own. */
export interface Around {
  /** With the workload's own value. */
  readonly vary: Varied;
  /** That value by itself. */
  readonly own: Values;
  readonly points: readonly PlannedPoint[];
  readonly rounds: number;
  readonly expectedMs: number;
}

/** With fewer there is no interval. */
const ROUNDS = 3;
/** Of those that may be first elsewhere: the one that is first here, and its challenger. */
export const CONTENDERS = 2;
/** As estimated, which is more than a quiet machine takes. */
const BUDGET_MS = 95_000;
/** Downwards only where a short window still holds messages; then farther up instead. */
const FACTORS = [4, 0.25, 16];
const MOST_POINTS = 2;

/** Resolves and checks an advice: the workload's own point with short rounds, and points around it as time allows. */
export function makeAdvicePlan(request: Omit<Request, 'until' | 'rounds'>, facts: Facts): AdvicePlan {
  const { transports, options } = request;
  if (transports.length < 2) {
    throw expected('--transports', 'two or more', transports.map(({ name }) => name).join(','));
  }
  const few = { ...request, rounds: ROUNDS, options: { rounds: String(ROUNDS), ...options } };
  const own = makePlan(few, facts);
  if (own.until) throw expected('--rounds', 'a number for an advice', 'auto');
  const { settings, adjusted } = shortened(own.scenario, options, AT_POINT);
  const quick = possible({ ...few, options: { ...settings, ...few.options } }, facts);
  // Phases, for one, say themselves how long a window is.
  const plan = quick ?? own;
  return { ...plan, adjusted: quick ? adjusted : [], around: aroundOf(plan, few, facts) };
}

function aroundOf(plan: Plan, request: Request, facts: Facts): Around | null {
  const { scenario, transports } = plan;
  const hasRate = !isSilent(scenario) && scenario.phases.length === 0;
  const setting = hasRate ? 'ratePerSecond' : 'clients';
  const leftMs = BUDGET_MS - expectedMs(interleave(transports, scenario));
  const costOf = (points: readonly PlannedPoint[]) =>
    (expectedMs(interleavePoints(transports, points, { rounds: ROUNDS, seed: 0 })) * CONTENDERS) /
    transports.length;
  const candidates = FACTORS.flatMap((factor): PlannedPoint[] => {
    const value = Number((scenario[setting] * factor).toPrecision(3));
    const found = resolved(request, scenario, setting, hasRate ? value : Math.round(value), facts);
    if (found === undefined) return [];
    const values = { [setting]: found[setting] };
    return [{ values, point: `${fields[setting].option} ${found[setting]}`, scenario: found }];
  }).slice(0, MOST_POINTS);
  const points = [candidates, candidates.slice(0, 1), []].find((some) => costOf(some) <= leftMs) ?? [];
  if (points.length === 0) return null;
  const values = [scenario[setting], ...points.map((point) => point.scenario[setting])];
  return {
    vary: {
      field: setting,
      option: fields[setting].option,
      values: values.toSorted((a, b) => a - b),
      names: null,
    },
    own: { [setting]: scenario[setting] },
    points,
    rounds: points.length * CONTENDERS * ROUNDS,
    expectedMs: costOf(points),
  };
}

/** The scenario at another value in short rounds; undefined where it cannot be measured so. */
function resolved(
  request: Request,
  { phases }: ResolvedScenario,
  setting: 'clients' | 'ratePerSecond',
  value: number,
  facts: Facts,
): ResolvedScenario | undefined {
  const isFixed = phases.length > 0 || request.options.durationMs !== undefined;
  const options = { ...(!isFixed && { durationMs: LONG }), ...request.options, [setting]: String(value) };
  const long = possible({ ...request, options }, facts);
  if (long === undefined) return undefined;
  const { settings } = shortened(long.scenario, request.options, AROUND);
  const found = possible({ ...request, options: { ...options, ...settings } }, facts)?.scenario;
  const isShort = found !== undefined && found.durationMs <= AROUND.mostMs;
  return isShort || isFixed ? found : undefined;
}

/** The plan; undefined where the request is refused. */
function possible(request: Request, facts: Facts): Plan | undefined {
  try {
    return makePlan(request, facts);
  } catch (error) {
    if (error instanceof RtbenchError) return undefined;
    throw error;
  }
}

/** Longer than any window here, so that the short one is chosen. */
const LONG = '1h';
