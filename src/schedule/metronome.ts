import { startThread } from '../own/thread.ts';

/**
 * Beats at instants of the shared clock. A thread sleeps for the main one: its waits are exact to some ten
 * microseconds, where the event loop's timers are a millisecond late or must be helped by spinning.
 */
export class Metronome {
  readonly #thread = startThread('metronome-thread');

  /** Calls `beat` with the number of instants that have passed, at each, or once for several passed together. */
  start(instantsNs: Float64Array, beat: (passed: number) => void): void {
    this.#thread.on('message', beat);
    this.#thread.postMessage(instantsNs);
  }

  async stop(): Promise<void> {
    await this.#thread.terminate();
  }
}
