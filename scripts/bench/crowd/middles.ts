import type { Crowd } from '../../../src/measurements.ts';
import { medianOf } from '../../../src/stats/index.ts';
import type { Outcome } from './pairs.ts';

/** The middle of one crowd's rounds. */
interface Middle {
  readonly driverUs: number;
  readonly serverUs: number;
  /** The driver's cost of a message over the server's. */
  readonly ratio: number;
  readonly bytesPerClient: number;
}

/** The middles of both crowds, and what the server cost under the lean one over the other, pair by pair. */
export type Middles = Readonly<Record<Crowd, Middle>> & { readonly serverOverServer: number };

/** Ratios are formed within a round or a pair, where the machine's speed is the same, before their middle is taken. */
export function middlesOf({ pairs }: Outcome): Middles {
  const over = (of: (pair: Outcome['pairs'][number]) => number) => medianOf(pairs.map(of)) ?? Number.NaN;
  const middle = (crowd: Crowd): Middle => ({
    driverUs: over((pair) => pair[crowd].driverUs),
    serverUs: over((pair) => pair[crowd].serverUs),
    ratio: over((pair) => pair[crowd].driverUs / pair[crowd].serverUs),
    bytesPerClient: over((pair) => pair[crowd].bytesPerClient),
  });
  return {
    lean: middle('lean'),
    library: middle('library'),
    serverOverServer: over(({ lean, library }) => lean.serverUs / library.serverUs),
  };
}
