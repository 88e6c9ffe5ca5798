import type { Cluster, Round } from '../../measurements.ts';
import type { CsvColumn } from '../files/csv-column.ts';

const COLUMNS: Readonly<Record<string, (cluster: Cluster) => number | null>> = {
  localExpected: ({ local }) => local.expected,
  localDelivered: ({ local }) => local.delivered,
  localP50Ms: ({ local }) => local.latency.p50Ms,
  localP99Ms: ({ local }) => local.latency.p99Ms,
  remoteExpected: ({ remote }) => remote.expected,
  remoteDelivered: ({ remote }) => remote.delivered,
  remoteP50Ms: ({ remote }) => remote.latency.p50Ms,
  remoteP99Ms: ({ remote }) => remote.latency.p99Ms,
  nodes: ({ nodes }) => nodes.length,
  nodesDied: ({ nodes }) => nodes.filter(({ died }) => died !== null).length,
};

/** What passed between nodes; empty where every round had one. */
export function clusterColumns(rounds: readonly Round[]): CsvColumn[] {
  if (rounds.every(({ cluster }) => cluster === null)) return [];
  return Object.entries(COLUMNS).map(([name, of]) => ({
    name,
    cell: ({ cluster }: Round) => (cluster === null ? null : of(cluster)),
  }));
}
