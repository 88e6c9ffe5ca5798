import { parentPort } from 'node:worker_threads';
import { nowNs } from '../instrument/clock.ts';

// Nearer than this a wait would overshoot.
const EARLY_MS = 0.005;

function beatAt(instantsNs: Float64Array, beat: (passed: number) => void): void {
  const sleeper = new Int32Array(new SharedArrayBuffer(4));
  let passed = 0;
  while (passed < instantsNs.length) {
    const waitMs = ((instantsNs[passed] ?? 0) - nowNs()) / 1e6;
    if (waitMs > EARLY_MS) {
      Atomics.wait(sleeper, 0, 0, waitMs);
      continue;
    }
    const now = nowNs() + EARLY_MS * 1e6;
    while (passed < instantsNs.length && (instantsNs[passed] ?? 0) <= now) passed += 1;
    beat(passed);
  }
}

parentPort?.once('message', (instantsNs: Float64Array) =>
  beatAt(instantsNs, (passed) => parentPort?.postMessage(passed)),
);
