import { setTimeout as sleep } from 'node:timers/promises';
import type { RoundProcesses } from '../processes.ts';

/** The server's heap with all clients connected, and after the last one has left. */
export interface Memory {
  readonly heapBytes: number;
  readonly heapIdleBytes: number;
}

/** Thousands that leave at once need their time. */
const LONGEST_LEAVE_MS = { always: 1000, eachClient: 3 };
const ASK_AGAIN_MS = 5;

/**
 * What the clients occupy, from what their leaving sets free. Read after the window: a collection before it would
 * throw away what the compiler knows of the objects, and the window would pay for learning it again.
 */
export async function measureMemory(
  { nodes, witness, drivers }: RoundProcesses,
  clients: number,
): Promise<Memory> {
  const heapBytes = await nodes.heap();
  await Promise.all([witness, ...drivers].map((holder) => holder.ask('close', null)));
  const longestMs = LONGEST_LEAVE_MS.always + LONGEST_LEAVE_MS.eachClient * clients;
  const deadline = performance.now() + longestMs;
  while ((await nodes.read()).open > 0 && performance.now() < deadline) await sleep(ASK_AGAIN_MS);
  return { heapBytes, heapIdleBytes: await nodes.heap() };
}
