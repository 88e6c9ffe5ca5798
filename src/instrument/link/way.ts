import type { Link } from '../../contracts.ts';

/** Nothing in the way. */
export const NO_LINK: Link = { rttMs: 0, jitterMs: 0, bandwidthBitsPerSecond: 0 };

/** Whether anything stands between clients and server. */
export function hasLink({ rttMs, bandwidthBitsPerSecond }: Link): boolean {
  return rttMs > 0 || bandwidthBitsPerSecond > 0;
}

/** How long a message takes to arrive and the word of it to come back, by the link alone. */
export function roundTripMs({
  rttMs,
  bandwidthBitsPerSecond,
  payloadBytes,
}: Link & { readonly payloadBytes: number }): number {
  const passingMs = bandwidthBitsPerSecond === 0 ? 0 : (payloadBytes * 8000) / bandwidthBitsPerSecond;
  return rttMs + passingMs;
}

/** A link as parts feel it; one object for all of a relay's connections, so that it can change under them. */
export class Way {
  oneWayNs = 0;
  jitterNs = 0;
  nsPerByte = 0;
  #link: Link;
  #moreMs = 0;

  constructor(link: Link) {
    this.#link = link;
    this.change(link);
  }

  /** What is under way keeps its due instant; what comes from now on has the new one, never before the old. */
  change(link: Link): void {
    const { rttMs, jitterMs, bandwidthBitsPerSecond } = link;
    this.#link = link;
    this.oneWayNs = ((rttMs + this.#moreMs) / 2) * 1e6;
    this.jitterNs = jitterMs * 1e6;
    this.nsPerByte = bandwidthBitsPerSecond === 0 ? 0 : 8e9 / bandwidthBitsPerSecond;
  }

  /** So much is added to each round trip, whatever the link is or becomes. */
  slow(moreMs: number): void {
    this.#moreMs = moreMs;
    this.change(this.#link);
  }
}
