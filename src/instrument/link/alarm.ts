import { once } from 'node:events';
import { parentPort, Worker, workerData } from 'node:worker_threads';
import { nowNs } from '../clock.ts';

/**
 * Rings at an instant of the shared clock, which may be moved nearer at any time. A thread sleeps for the main one:
 * the event loop's own timers are up to a millisecond late.
 */
export class Alarm {
  /** Counts the changes of `#instantNs`; the thread sleeps on it. */
  readonly #changes = new Int32Array(new SharedArrayBuffer(4));
  readonly #instantNs = new Float64Array(new SharedArrayBuffer(8));
  /** Resolves when the thread has rung for the first time, which it does at once. */
  readonly ready: Promise<unknown>;
  #armedNs = Number.POSITIVE_INFINITY;

  constructor(ring: () => void) {
    const setting: Setting = { changes: this.#changes, instantNs: this.#instantNs };
    const thread = new Worker(new URL(import.meta.url), { workerData: setting });
    this.ready = once(thread, 'message');
    thread.on('message', () => {
      this.#armedNs = Number.POSITIVE_INFINITY;
      ring();
    });
  }

  /** Rings once, at the earliest instant that was asked for since it last rang. */
  arm(instantNs: number): void {
    if (instantNs >= this.#armedNs) return;
    this.#armedNs = instantNs;
    this.#instantNs[0] = instantNs;
    Atomics.add(this.#changes, 0, 1);
    Atomics.notify(this.#changes, 0);
  }
}

interface Setting {
  readonly changes: Int32Array;
  readonly instantNs: Float64Array;
}

// Linux lets a thread sleep up to 50 µs longer than it asked for.
const OVERSLEPT_MS = 0.05;

/** The thread's whole life: an instant that changes while it is read wakes it at once, to be read again. */
function watch({ changes, instantNs }: Setting, ring: () => void): never {
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

if (parentPort !== null && workerData?.changes instanceof Int32Array) {
  const port = parentPort;
  watch(workerData, () => port.postMessage(null));
}
