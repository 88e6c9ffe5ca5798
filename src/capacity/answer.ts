import type { CapacityAnswer, CapacityStep, LimitEvidence, Limiter } from '../measurements.ts';
import type { PlannedSearch } from './plan.ts';
import { type Bracket, CLOSE_RATIO } from './search.ts';

/** Why a search stopped before it was through; null where it was. */
export type CutShort = 'time' | 'interruption' | null;

/** Bounds that are twice as far apart as a search makes them are no answer yet. */
const OPEN_RATIO = CLOSE_RATIO ** 2;

/** What the steps of one search come to; `doubled` is a load that failed, carried by twice the driver processes. */
export function answerOf(
  steps: readonly CapacityStep[],
  { end }: Pick<PlannedSearch, 'end'>,
  cut: CutShort,
  doubled: CapacityStep | null = null,
): CapacityAnswer {
  const best = bestOf(steps);
  const stop = lowest(steps.filter(({ verdict }) => verdict !== 'pass'));
  const found = limitOf(best, stop, end, cut);
  const { limiter, why } = (doubled === null ? undefined : refutation(doubled)) ?? found;
  return {
    kind: kindOf(best, stop, limiter),
    value: best?.value ?? null,
    failsAt: stop?.value ?? null,
    limiter,
    why,
    deliveriesPerSecond: best?.deliveriesPerSecond ?? null,
    serverCoreShare: best?.serverCoreShare ?? null,
    deliveriesPerCoreSecond: perCore(best),
    driverCoreShare: best?.driverCoreShare ?? null,
    atLimit: stop === undefined ? null : evidenceOf(stop),
  };
}

/** The highest load that met the bounds. */
export function bestOf(steps: readonly CapacityStep[]): CapacityStep | undefined {
  return highest(steps.filter(({ verdict }) => verdict === 'pass'));
}

/** The load to try again with twice the drivers: the lowest that failed by more than chance would. */
export function loadToDouble(steps: readonly CapacityStep[], answer: CapacityAnswer): number | null {
  if (answer.kind !== 'capacity' || answer.value === null) return null;
  const failed = steps.filter(({ verdict }) => verdict === 'fail');
  const away = failed.filter(({ value }) => value >= (answer.value ?? 0) * CLOSE_RATIO);
  return lowest(away)?.value ?? answer.failsAt;
}

/** What more driver processes carried was not too much for the server. */
function refutation({ verdict, drivers }: CapacityStep): Limit | undefined {
  if (verdict !== 'pass') return undefined;
  return { limiter: 'driver', why: `with ${drivers} driver processes instead the bounds were met` };
}

function evidenceOf({
  deliveriesPerSecond,
  serverCoreShare,
  driverCoreShare,
  latency,
  flags,
}: CapacityStep): LimitEvidence {
  const codes = [...new Set(flags.map(({ code }) => code))];
  const latencyP99Ms = latency?.p99Ms ?? null;
  return { deliveriesPerSecond, latencyP99Ms, serverCoreShare, driverCoreShare, flags: codes };
}

/** Where the search is, for those who still want to know the value in between. */
export function bracketOf(steps: readonly CapacityStep[]): Bracket {
  const values = (passed: boolean) => steps.filter(({ verdict }) => (verdict === 'pass') === passed);
  return { low: highest(values(true))?.value ?? null, high: lowest(values(false))?.value ?? null };
}

interface Limit {
  readonly limiter: Limiter;
  readonly why: string;
}

function limitOf(
  best: CapacityStep | undefined,
  stop: CapacityStep | undefined,
  end: Limit,
  cut: CutShort,
): Limit {
  const isOpen = best === undefined || stop === undefined || stop.value / best.value > OPEN_RATIO;
  if (cut !== null && isOpen) {
    const over = cut === 'time' ? 'the time of --max-time was over' : 'it was interrupted';
    return { limiter: 'time', why: stop === undefined ? over : `${over}; before, ${stop.why}` };
  }
  if (stop === undefined) return end;
  return { limiter: stop.limiter ?? 'failure', why: stop.why };
}

function kindOf(
  best: CapacityStep | undefined,
  stop: CapacityStep | undefined,
  limiter: Limiter,
): CapacityAnswer['kind'] {
  if (best === undefined) return 'none';
  return stop?.verdict === 'fail' && limiter === stop.limiter ? 'capacity' : 'at-least';
}

function perCore(best: CapacityStep | undefined): number | null {
  if (best === undefined || best.deliveriesPerSecond === null || !best.serverCoreShare) return null;
  return best.deliveriesPerSecond / best.serverCoreShare;
}

function highest(steps: readonly CapacityStep[]): CapacityStep | undefined {
  return steps.toSorted((a, b) => a.value - b.value).at(-1);
}

function lowest(steps: readonly CapacityStep[]): CapacityStep | undefined {
  return steps.toSorted((a, b) => a.value - b.value)[0];
}
