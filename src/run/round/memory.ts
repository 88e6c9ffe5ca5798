import { setTimeout as sleep } from 'node:timers/promises';
import type { RoundProcesses } from '../processes.ts';

/** A heap with all clients connected, and after the last one has left. */
interface Heap {
  readonly heapBytes: number;
  readonly heapIdleBytes: number;
}

/** What the servers and the crowd's drivers hold. */
export interface Memory {
  readonly server: Heap;
  readonly driver: Heap;
}

/** Thousands that leave at once need their time. */
const LONGEST_LEAVE_MS = { always: 1000, eachClient: 3 };
/** Reading a server takes the longer the more sockets it has, and keeps it from letting them go. */
const ASK_AGAIN_MS = { always: 5, eachClient: 0.005 };

/**
 * What the clients occupy at both ends, from what their leaving sets free. Read after the window: a collection before
 * it would throw away what the compiler knows of the objects, and the window would pay for learning it again.
 */
export async function measureMemory(processes: RoundProcesses, clients: number): Promise<Memory> {
  const { nodes, witness, drivers } = processes;
  const there = await heapsOf(processes);
  await Promise.all([witness, ...drivers].map((holder) => holder.ask('close', null)));
  const longestMs = LONGEST_LEAVE_MS.always + LONGEST_LEAVE_MS.eachClient * clients;
  const deadline = performance.now() + longestMs;
  const againMs = ASK_AGAIN_MS.always + ASK_AGAIN_MS.eachClient * clients;
  while ((await nodes.read()).open > 0 && performance.now() < deadline) await sleep(againMs);
  const gone = await heapsOf(processes);
  return {
    server: { heapBytes: there.server, heapIdleBytes: gone.server },
    driver: { heapBytes: there.driver, heapIdleBytes: gone.driver },
  };
}

async function heapsOf({ nodes, witness, drivers }: RoundProcesses): Promise<Record<keyof Memory, number>> {
  const holders = drivers.length === 0 ? [witness] : drivers;
  const [server, ...each] = await Promise.all([
    nodes.heap(),
    ...holders.map((holder) => holder.ask('heap', null)),
  ]);
  return { server, driver: each.reduce((sum, bytes) => sum + bytes, 0) };
}
