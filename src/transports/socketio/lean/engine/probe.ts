import type { Carrier } from './carrier.ts';

const AGREED = '3probe';

/** How an upgrade comes out. */
export interface ProbeEvents {
  /** The server carries on over the new carrier as soon as it is told to. */
  agreed(): void;
  failed(): void;
}

/** Asks a server whether another carrier serves; answers how to give that up. */
export function probe(carrier: Carrier, { agreed, failed }: ProbeEvents): () => void {
  let asked = false;
  carrier.heard = {
    opened() {
      asked = true;
      carrier.write(['2probe']);
    },
    packet(bytes, start, end) {
      if (!asked) return;
      asked = false;
      if (bytes.toString('latin1', start, end) === AGREED) agreed();
    },
    binary() {},
    drained() {},
    ended: failed,
  };
  carrier.open();
  return () => carrier.leave();
}
