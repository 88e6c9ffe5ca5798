import type { DemoState, DemoTransport } from '../../../../demo-talk.ts';

/** What a lane's messages have cost since the page was opened, all visitors together. */
export class Costs {
  readonly #transport: DemoTransport;
  #bytes = 0;
  #deliveries = 0;
  #before: DemoState | undefined;

  constructor(transport: DemoTransport) {
    this.#transport = transport;
  }

  take(state: DemoState): void {
    const before = this.#before;
    this.#before = state;
    if (before === undefined) return;
    const { clients, bytesUp, bytesDown } = state.lanes[this.#transport];
    const earlier = before.lanes[this.#transport];
    this.#bytes += bytesUp + bytesDown - earlier.bytesUp - earlier.bytesDown;
    // A client that polls is missed only after a while; a page that is gone at once.
    const receivers = Math.min(clients, state.visitors);
    this.#deliveries += (state.published - before.published) * receivers;
  }

  /** All that crossed, heads and empty answers too, for each message to each client; null before the first. */
  get bytesPerMessage(): number | null {
    return this.#deliveries === 0 ? null : this.#bytes / this.#deliveries;
  }
}
