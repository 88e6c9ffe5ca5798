import type { Peer } from '../../../contracts.ts';
import { Bucket } from './bucket.ts';

/** Clients of all transports in both places. */
const MOST_VISITORS = 500;
/** Who comes in, from everywhere together: a connection that has not said hello yet is nobody's, and takes memory. */
const COMING = { most: 300, perSecond: 50 };
/** What one visitor may say, and how much of the excess is refused before it is shown the door. */
const SPEAKING = { most: 10, perSecond: 5 };
const EXCESS = { most: 50, perSecond: 5 };

interface Patience {
  readonly speaking: Bucket;
  readonly excess: Bucket;
}

/** Everybody who is connected, and how much of each the server takes. */
export class Visitors {
  /** Messages that were not taken, because their visitors said too much. */
  refused = 0;
  readonly #inside = new Map<Peer, Patience>();
  readonly #coming = new Bucket(COMING);

  /** Whether one more may knock. */
  get mayCome(): boolean {
    return this.#inside.size < MOST_VISITORS && this.#coming.take();
  }

  /** False where there is no place. */
  enter(peer: Peer): boolean {
    if (this.#inside.size >= MOST_VISITORS) return false;
    this.#inside.set(peer, { speaking: new Bucket(SPEAKING), excess: new Bucket(EXCESS) });
    return true;
  }

  /** False where it had not come in. */
  leave(peer: Peer): boolean {
    return this.#inside.delete(peer);
  }

  /** Whether it may say something now; who never stops is dropped. */
  maySpeak(peer: Peer): boolean {
    const patience = this.#inside.get(peer);
    if (patience?.speaking.take()) return true;
    this.refused += 1;
    if (patience !== undefined && !patience.excess.take()) peer.drop('said far too much');
    return false;
  }
}
