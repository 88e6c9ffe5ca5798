import type { Peer } from '../../contracts.ts';
import type { Stamp } from '../../message.ts';
import type { Update } from './update.ts';

/** Holds back what busy clients cannot take yet: of each symbol the newest value. */
export class SlowLane {
  readonly #held = new Map<Peer, Map<number, Update>>();

  /** Whether a client must be spared for now: sent past what is held for it, a newer value would arrive before an older one. */
  isFor(peer: Peer): boolean {
    return this.#held.has(peer) || peer.isBusy;
  }

  /** Holds a symbol's new value; answers when the one was due whose place it takes. */
  hold(peer: Peer, symbol: number, stamp: Stamp): number | undefined {
    let values = this.#held.get(peer);
    if (values === undefined) {
      values = new Map();
      this.#held.set(peer, values);
    }
    const replaced = values.get(symbol);
    values.set(symbol, { stamp, sinceUs: replaced?.sinceUs ?? stamp.dueUs });
    return replaced?.stamp.dueUs;
  }

  /** Takes out what is held for a client, in the order in which its symbols were first held. */
  release(peer: Peer): Iterable<Update> {
    const values = this.#held.get(peer);
    this.#held.delete(peer);
    return values?.values() ?? [];
  }
}
