import { describeMachine } from '../instrument/machine.ts';
import { choosePinning } from '../instrument/pinning.ts';
import { isolate } from '../instrument/wire/namespace.ts';
import { startYardstick } from '../instrument/yardstick.ts';
import type { Machine } from '../measurements.ts';
import { Bench } from './bench.ts';
import { type Outcome, type Ran, type Runnable, runnable } from './check.ts';
import { bytes } from './checks/bytes.ts';
import { clientStall } from './checks/client-stall.ts';
import { conservation } from './checks/conservation.ts';
import { cpuMemory } from './checks/cpu-memory.ts';
import { crowd } from './checks/crowd/crowd.ts';
import { delay } from './checks/delay.ts';
import { drift } from './checks/drift.ts';
import { generator } from './checks/generator.ts';
import { mutation } from './checks/mutation.ts';
import { sameness } from './checks/sameness.ts';
import { stall } from './checks/stall.ts';

const CHECKS: readonly Runnable[] = [
  runnable(delay),
  runnable(stall),
  runnable(bytes),
  runnable(conservation),
  runnable(clientStall),
  runnable(cpuMemory),
  runnable(sameness),
  runnable(generator),
  runnable(crowd),
  runnable(drift),
];

/** The names of the checks that can be chosen, in the order they are made; the last looks at all the others. */
export const checkNames: readonly string[] = CHECKS.map(({ name }) => name);

/** What a calibration tells while it goes on. */
export type CalibrationEvent =
  | { readonly kind: 'planned'; readonly checks: number; readonly expectedMs: number }
  | { readonly kind: 'begun'; readonly name: string }
  | {
      readonly kind: 'finished';
      readonly outcome: Outcome;
      readonly remainingMs: number;
    };

/** What a calibration found: everything that its card shows. */
export interface Card {
  readonly startedAt: string;
  readonly tookMs: number;
  readonly quick: boolean;
  readonly rtbench: string;
  readonly machine: Machine;
  readonly outcomes: readonly Outcome[];
}

/** Makes the checks of these names, or all of them, one after another; rejects when `signal` ends it. */
export async function calibrate(
  { quick, only }: { readonly quick: boolean; readonly only: readonly string[] | null },
  observe: (event: CalibrationEvent) => void,
  signal: AbortSignal,
): Promise<Card> {
  const started = new Date();
  const checks = CHECKS.filter(({ name }) => only === null || only.includes(name));
  const pinning = choosePinning();
  const { namespace, missing } = await isolate();
  const yardstick = await startYardstick(pinning?.server);
  const bench = new Bench(quick, { pinning, namespace, certificate: null, yardstick, signal });
  const expectedMs = ({ expectedMs: { quick: short, full } }: Runnable) => (quick ? short : full);
  let remainingMs = checks.reduce((sum, check) => sum + expectedMs(check), 0);
  observe({ kind: 'planned', checks: checks.length, expectedMs: remainingMs });
  const ran: Ran[] = [];
  const make = async (check: Runnable) => {
    observe({ kind: 'begun', name: check.name });
    const one = await check.run(bench);
    remainingMs -= expectedMs(check);
    observe({ kind: 'finished', outcome: one.outcome, remainingMs });
    return one;
  };
  try {
    for (const group of groupsOf(checks)) {
      // All of them are waited for, so that none goes on when another failed.
      const settled = await Promise.allSettled(group.map(make));
      signal.throwIfAborted();
      for (const one of settled) {
        if (one.status === 'rejected') throw one.reason;
        ran.push(one.value);
      }
    }
  } finally {
    await Promise.all([yardstick.end(), namespace?.end()]);
  }
  return {
    startedAt: started.toISOString(),
    tookMs: Date.now() - started.getTime(),
    quick,
    ...describeMachine(pinning, missing),
    outcomes: [...ran.map(({ outcome }) => outcome), mutation(ran)],
  };
}

/** What only counts is made side by side, the rest one by one. */
function groupsOf(checks: readonly Runnable[]): Runnable[][] {
  const groups: Runnable[][] = [];
  for (const check of checks) {
    const last = groups.at(-1);
    if (check.onlyCounts && last?.[0]?.onlyCounts) last.push(check);
    else groups.push([check]);
  }
  return groups;
}
