import { messageOf } from '../errors.ts';
import { describeMachine } from '../instrument/machine.ts';
import { choosePinning } from '../instrument/pinning.ts';
import { type Fallback, type FallbackTry, type Mismatch, WAYS } from '../measurements.ts';
import { MISMATCHES, tryMismatch } from './mismatches.ts';
import type { FallbackPlan } from './plan.ts';
import { Stage } from './stage.ts';
import { tryFallback } from './tries.ts';

export { type FallbackPlan, makeFallbackPlan } from './plan.ts';

/** What is told of a try, or a mismatch, that is over. */
export type FallbackEvent =
  | { readonly kind: 'try'; readonly found: FallbackTry }
  | { readonly kind: 'mismatch'; readonly found: Mismatch };

/** Tries every transport every way, and clients at the wrong servers; an abort keeps what was finished. */
export async function runFallback(
  plan: FallbackPlan,
  observe: (event: FallbackEvent) => void,
  signal: AbortSignal,
): Promise<Fallback> {
  const startedAt = new Date().toISOString();
  const found: Found = { tries: [], mismatches: [] };
  const pinning = choosePinning();
  const servers = [...new Set([...plan.transports, ...MISMATCHES.map(({ server }) => server)])];
  const stage = new Stage(servers, plan.scenario, pinning, signal);
  let failure: string | null = null;
  try {
    await stage.ready();
    await tryAll(plan, stage, found, observe);
  } catch (error) {
    if (!signal.aborted) failure = messageOf(error);
  } finally {
    await stage.end();
  }
  const places = (one: FallbackTry) =>
    plan.transports.indexOf(one.transport) * WAYS.length + WAYS.indexOf(one.way);
  return {
    schema: 'rtbench/fallback@1',
    startedAt,
    finishedAt: new Date().toISOString(),
    interrupted: signal.aborted,
    failure,
    command: plan.command,
    ...describeMachine(pinning, 'fallback counts what sockets carry'),
    ...{ calibration: null, calibrationMissing: 'fallback does not need it' },
    scenario: plan.scenario,
    patienceMs: plan.patienceMs,
    tries: found.tries.toSorted((one, other) => places(one) - places(other)),
    mismatches: found.mismatches,
  };
}

interface Found {
  readonly tries: FallbackTry[];
  readonly mismatches: Mismatch[];
}

/** What answers at once one after the other, so that times can be compared; what waits for nothing all together. */
async function tryAll(
  { transports, scenario, patienceMs }: FallbackPlan,
  stage: Stage,
  found: Found,
  observe: (event: FallbackEvent) => void,
): Promise<void> {
  const attempt = (name: string, way: FallbackTry['way']) =>
    tryFallback(stage, { client: name, server: name, way, patienceMs, scenario });
  const note = (one: FallbackTry) => {
    found.tries.push(one);
    observe({ kind: 'try', found: one });
  };
  for (const name of transports) {
    // The first client finds cold code on both sides.
    await attempt(name, 'plain');
    for (const way of WAYS) if (way !== 'upgrade-dropped') note(await attempt(name, way));
  }
  await Promise.all([
    ...transports.map(async (name) => note(await attempt(name, 'upgrade-dropped'))),
    tryMismatches(stage, { scenario, patienceMs }, found, observe),
  ]);
}

async function tryMismatches(
  stage: Stage,
  plan: Pick<FallbackPlan, 'scenario' | 'patienceMs'>,
  found: Found,
  observe: (event: FallbackEvent) => void,
): Promise<void> {
  for (const pair of MISMATCHES) {
    const mismatch = await tryMismatch(stage, { ...pair, ...plan });
    found.mismatches.push(mismatch);
    observe({ kind: 'mismatch', found: mismatch });
  }
}
