import { isMainThread, parentPort, Worker } from 'node:worker_threads';
import { nowNs } from '../instrument/clock.ts';

/**
 * Beats at instants of the shared clock. A thread sleeps for the main one: its waits are exact to some ten
 * microseconds, where the event loop's timers are a millisecond late or must be helped by spinning.
 */
export class Metronome {
  readonly #thread = new Worker(new URL(import.meta.url));

  /** Calls `beat` with the number of instants that have passed, at each, or once for several passed together. */
  start(instantsNs: Float64Array, beat: (passed: number) => void): void {
    this.#thread.on('message', beat);
    this.#thread.postMessage(instantsNs);
  }

  async stop(): Promise<void> {
    await this.#thread.terminate();
  }
}

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

if (!isMainThread && parentPort !== null) {
  const port = parentPort;
  port.once('message', (instantsNs: Float64Array) =>
    beatAt(instantsNs, (passed) => port.postMessage(passed)),
  );
}
