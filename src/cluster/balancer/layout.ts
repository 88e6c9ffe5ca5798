import type { ClusterSettings } from '../../measurements.ts';

/** The programs that can stand before the nodes. */
export type BalancerName = Exclude<ClusterSettings['balancer'], 'none'>;

/** What stands where, and what is wrong with it on purpose. */
export interface Layout extends Pick<ClusterSettings, 'sticky' | 'balancerMistake'> {
  /** Where clients come in, and the nodes' ports; all on 127.0.0.1. */
  readonly port: number;
  readonly nodes: readonly number[];
  /** How many files the balancer may open; it holds two for each connection that it passes on. */
  readonly openFiles: number;
}

/** One kind of balancer: what it is started with. */
export interface Kind {
  readonly options: readonly string[];
  /** Its configuration file's name and content. */
  readonly file: string;
  configure(layout: Layout): string;
}
