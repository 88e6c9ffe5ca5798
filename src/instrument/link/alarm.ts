import { once } from 'node:events';
import { startThread } from '../../own/thread.ts';
import type { AlarmSetting } from './alarm-thread.ts';

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
    const setting: AlarmSetting = { changes: this.#changes, instantNs: this.#instantNs };
    const thread = startThread('alarm-thread', setting);
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
