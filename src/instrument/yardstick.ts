import { nowNs } from './clock.ts';
import { cpuBetween, readCpu } from './meter.ts';
import { RoleProcess, serveRole } from './role-process.ts';

/** The yardstick's calls: the fixed work, answered with how long it took; the clock, as this process reads it; work without an end. */
export type YardstickCalls = {
  measure(input: null): YardstickTime;
  clock(input: null): number;
  spin(input: null): void;
};

/** How long the work took by the clock, which feels a neighbour on the core, and by the CPU time that it was given. */
export interface YardstickTime {
  readonly wallUs: number;
  readonly cpuUs: number;
}

const STEPS = 12_000_000;

/** Does a fixed piece of integer work, long enough to feel a neighbour on the same core. */
function measureYardstick(): YardstickTime {
  const before = readCpu();
  fixedWork();
  const { userUs, systemUs, elapsedNs } = cpuBetween(before, readCpu());
  return { wallUs: elapsedNs / 1000, cpuUs: userUs + systemUs };
}

/** Starts the yardstick on the server's core, where it idles between measurements. */
export async function startYardstick(
  cores: readonly number[] | undefined,
): Promise<RoleProcess<YardstickCalls>> {
  const yardstick = new RoleProcess<YardstickCalls>('yardstick', cores);
  for (let warm = 0; warm < 3; warm++) await yardstick.ask('measure', null);
  return yardstick;
}

/** The yardstick process's body. */
export function serve(): void {
  serveRole<YardstickCalls>({
    measure: measureYardstick,
    clock: nowNs,
    spin: () => {
      for (;;);
    },
  });
}

function fixedWork(): number {
  let hash = 0x811c9dc5;
  for (let step = 0; step < STEPS; step++) hash = Math.imul(hash ^ (step & 0xff), 0x01000193);
  return hash;
}
