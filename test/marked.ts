import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** Every process whose environment bears RTBENCH_TEST_MARK=mark, whoever adopted it. */
export function marked(mark: string): number[] {
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/environ`, 'utf8').includes(`RTBENCH_TEST_MARK=${mark}\0`);
      } catch {
        return false;
      }
    })
    .map(Number);
}

/** Whether the last of them is gone before long. */
export async function allGone(mark: string): Promise<boolean> {
  for (let tries = 0; tries < 100; tries++) {
    if (marked(mark).length === 0) return true;
    await sleep(50);
  }
  return false;
}
