import { readFileSync } from 'node:fs';
import type { RoundProcesses } from '../../run/processes.ts';
import type { Bench } from '../bench.ts';
import { CannotCheck, type Check } from '../check.ts';

/** A known burden, as our own meter and the kernel's account read it. */
export interface Burden {
  readonly meterUs: number;
  readonly kernelUs: number;
  readonly elapsedUs: number;
  /** How long the process was ready to run and another had its core. */
  readonly waitedUs: number;
  readonly allocatedBytes: number;
  readonly seenBytes: number;
}

const MIB = 1024 ** 2;
const ALLOCATED_BYTES = 32 * MIB;
const TOLERANCE = 0.02;
/** The kernel tells CPU in hundredths of a second. */
const TICK_US = 10_000;
/** With fewer ticks one of them either way would be more than the tolerance. */
const FEWEST_TICKS = 60;
/** Tried where a crowded core gave too few of them. */
const LONGEST_MS = 3000;

/** A busy loop and an allocation of known size: the meters must read just that. */
export const cpuMemory: Check<Burden> = {
  name: 'cpu-memory',
  meaning: 'CPU time is what the kernel says, a known allocation is seen whole',
  expectedMs: { quick: 1500, full: 3800 },
  gather(bench: Bench) {
    const busyMs = bench.quick ? 1000 : 3000;
    const order = { transport: 'websocket', settings: { clients: 1 } };
    return bench.withCrew(order, async ({ nodes: { first: server } }) => {
      const heapBefore = await server.ask('heap', null);
      await server.ask('burden', { busyMs: 0, bytes: ALLOCATED_BYTES });
      const seenBytes = (await server.ask('heap', null)) - heapBefore;
      const used = await duringBusyLoop(server, busyMs);
      return { ...used, allocatedBytes: ALLOCATED_BYTES, seenBytes };
    });
  },
  judge({ meterUs, kernelUs, elapsedUs, waitedUs, allocatedBytes, seenBytes }) {
    const cpuError = meterUs / kernelUs - 1;
    // The wait holds what passed around the readings too: the truth lies between the two.
    const [least, most] = [meterUs / elapsedUs, meterUs / (elapsedUs - waitedUs)];
    const share = Math.max(least, Math.min(1, most));
    const memoryError = seenBytes / allocatedBytes - 1;
    const faults = [
      ...(Math.abs(cpuError) > TOLERANCE
        ? [`our meter is ${percent(cpuError)} off the kernel's account of CPU`]
        : []),
      ...(Math.abs(share - 1) > TOLERANCE ? [`a busy loop was read as ${percent(share)} of a core`] : []),
      ...(Math.abs(memoryError) > TOLERANCE
        ? [`an allocation of 32 MiB was seen as ${(seenBytes / MIB).toFixed(1)} MiB`]
        : []),
    ];
    const figure = `CPU ${percent(Math.abs(cpuError))} off, busy loop ${percent(share)}, 32 MiB seen as ${(seenBytes / MIB).toFixed(1)}`;
    return { figure, faults, summary: { cpuError } };
  },
  mutants: [
    { what: 'half of the CPU is read', of: (evidence) => ({ ...evidence, meterUs: evidence.meterUs / 2 }) },
    { what: '3% more CPU is read', of: (evidence) => ({ ...evidence, meterUs: evidence.kernelUs * 1.03 }) },
    { what: 'buffers are not seen', of: (evidence) => ({ ...evidence, seenBytes: evidence.seenBytes / 2 }) },
  ],
};

type Server = RoundProcesses['nodes']['first'];

async function duringBusyLoop(
  server: Server,
  busyMs: number,
): Promise<Pick<Burden, 'meterUs' | 'kernelUs' | 'elapsedUs' | 'waitedUs'>> {
  const kernelBefore = readKernel(server.pid);
  const used = await server.ask('burden', { busyMs, bytes: 0 });
  const kernelAfter = readKernel(server.pid);
  const kernelUs = kernelAfter.cpuUs - kernelBefore.cpuUs;
  if (kernelUs < FEWEST_TICKS * TICK_US) {
    if (busyMs < LONGEST_MS) return duringBusyLoop(server, LONGEST_MS);
    throw new CannotCheck(`the server got ${kernelUs / 1000} ms of its core in ${busyMs} ms`);
  }
  return {
    meterUs: used.userUs + used.systemUs,
    kernelUs,
    elapsedUs: used.elapsedNs / 1000,
    waitedUs: kernelAfter.waitedUs - kernelBefore.waitedUs,
  };
}

/** The kernel's own account of a process. */
function readKernel(pid: number): { cpuUs: number; waitedUs: number } {
  try {
    // After the program's name, which may hold anything but ends in the last bracket.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
    const [, , , , , , , , , , , user, system] = fields.map(Number);
    const [, waitedNs] = readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ').map(Number);
    return { cpuUs: ((user ?? 0) + (system ?? 0)) * TICK_US, waitedUs: (waitedNs ?? 0) / 1000 };
  } catch {
    throw new CannotCheck('this system keeps no /proc/<pid>/stat');
  }
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)}%`;
}
