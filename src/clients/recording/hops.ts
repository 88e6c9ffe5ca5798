import { findApplication } from '../../applications/index.ts';
import type { ResolvedScenario } from '../../measurements.ts';
import { numberOfSource, type Stamp } from '../../message.ts';
import { createHistogram, encodeHistogram, recordUs } from '../../stats/histogram.ts';
import type { HopsShare } from '../protocol.ts';

/** Tells what comes to clients from their own node, and what from others. */
export class Hops {
  readonly #nodes: number;
  /** What stands before the first speaker's number: servers are counted from 1. */
  readonly #firstSpeaker: number;
  readonly #latencies = { local: createHistogram(), remote: createHistogram() };

  constructor({ nodes, application }: Pick<ResolvedScenario, 'nodes' | 'application'>) {
    this.#nodes = nodes;
    this.#firstSpeaker = findApplication(application).speaker === 'clients' ? 0 : 1;
  }

  /** Whether the node of client `index` said it, or the node of the client that did. */
  isLocal(index: number, { source }: Stamp): boolean {
    return (numberOfSource(source) - this.#firstSpeaker - index) % this.#nodes === 0;
  }

  count(isLocal: boolean, latencyUs: number): void {
    recordUs(isLocal ? this.#latencies.local : this.#latencies.remote, latencyUs);
  }

  share(): HopsShare {
    return {
      localHdr: encodeHistogram(this.#latencies.local),
      remoteHdr: encodeHistogram(this.#latencies.remote),
    };
  }
}

/** Where clients know which node is theirs: null where there is one, or something stands before them that chooses. */
export function hopsOf(scenario: ResolvedScenario): Hops | null {
  return scenario.nodes === 1 || scenario.balancer !== 'none' ? null : new Hops(scenario);
}
