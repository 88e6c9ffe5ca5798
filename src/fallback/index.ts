import { setTimeout as sleep } from 'node:timers/promises';
import { messageOf } from '../errors.ts';
import { describeMachine } from '../instrument/machine.ts';
import { choosePinning } from '../instrument/pinning.ts';
import { type Fallback, type FallbackTry, type Mismatch, WAYS, type WayName } from '../measurements.ts';
import { findTransport } from '../transports/index.ts';
import { MISMATCHES, tryMismatch } from './mismatches.ts';
import type { FallbackPlan } from './plan.ts';
import { Stage } from './stage.ts';
import { tryFallback } from './tries.ts';

export { type FallbackPlan, makeFallbackPlan } from './plan.ts';

/** Tries that hang begin so long after each other: none is in the way of another's beginning. */
const APART_MS = 200;

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

/** One after the other, so that times can be compared; what hangs, and the mismatches, at the same time. */
async function tryAll(
  { transports, scenario, patienceMs }: FallbackPlan,
  stage: Stage,
  found: Found,
  observe: (event: FallbackEvent) => void,
): Promise<void> {
  const attempt = (name: string, way: WayName) =>
    tryFallback(stage, { client: name, server: name, way, patienceMs, scenario });
  const note = (one: FallbackTry) => {
    found.tries.push(one);
    observe({ kind: 'try', found: one });
  };
  const all = transports.flatMap((name) => WAYS.map((way) => ({ name, way })));
  for (const { name, way } of all.filter((one) => !hangs(one))) {
    // The first client finds cold code on both sides, and in between.
    await attempt(name, way);
    note(await attempt(name, way));
  }
  const hanging: Promise<void>[] = [];
  for (const { name, way } of all.filter(hangs)) {
    const one = attempt(name, way).then(note);
    // Whoever waits for all of them meets the failure.
    one.catch(() => undefined);
    hanging.push(one);
    await sleep(APART_MS);
  }
  await Promise.all([...hanging, tryMismatches(stage, { scenario, patienceMs }, found, observe)]);
}

/** Whether it waits for what never comes. */
function hangs({ name, way }: { readonly name: string; readonly way: WayName }): boolean {
  return way === 'upgrade-dropped' && findTransport(name)?.carries === 'websocket';
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
