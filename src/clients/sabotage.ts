import { nowNs, until } from '../instrument/clock.ts';
import type { Timeline } from '../timeline.ts';

/** Trouble that a calibration makes on purpose in a process of clients. */
export interface ClientsSabotage {
  /** The process does nothing else for so long within the window. */
  readonly blockMs: number;
}

const BEGIN_AFTER_MS = 60;

/** Blocks this process's loop a little after the window has begun. */
export async function blockLoop(
  { epochNs, windowStartUs }: Timeline,
  { blockMs }: ClientsSabotage,
): Promise<void> {
  await until(epochNs + windowStartUs * 1000 + BEGIN_AFTER_MS * 1e6);
  const endNs = nowNs() + blockMs * 1e6;
  while (nowNs() < endNs);
}
