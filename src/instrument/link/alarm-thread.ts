import { parentPort, workerData } from 'node:worker_threads';
import { nowNs } from '../clock.ts';

/** What the alarm and its thread share. */
export interface AlarmSetting {
  readonly changes: Int32Array;
  readonly instantNs: Float64Array;
}

// Linux lets a thread sleep up to 50 µs longer than it asked for.
const OVERSLEPT_MS = 0.05;

/** The thread's whole life: an instant that changes while it is read wakes it at once, to be read again. */
function watch({ changes, instantNs }: AlarmSetting, ring: () => void): never {
  for (;;) {
    const seen = Atomics.load(changes, 0);
    const waitMs = ((instantNs[0] ?? 0) - nowNs()) / 1e6 - OVERSLEPT_MS;
    if (waitMs > 0) {
      Atomics.wait(changes, 0, seen, waitMs);
    } else {
      ring();
      Atomics.wait(changes, 0, seen);
    }
  }
}

watch(workerData, () => parentPort?.postMessage(null));
