import type { ClusterState } from '../../../demo-talk.ts';

/** What goes on in the cluster, for one sentence about it. */
export type Story = 'missing' | 'off' | 'starting' | 'alone' | 'joined' | 'killed' | 'healed';

/** `wasKilled` where Redis was gone since the cluster was switched on. */
export function storyOf(cluster: ClusterState, wasKilled: boolean): Story {
  if (cluster.missing !== null) return 'missing';
  if (cluster.phase !== 'running') return cluster.phase;
  if (!cluster.hasAdapter) return 'alone';
  if (cluster.redis === 'killed') return 'killed';
  return wasKilled ? 'healed' : 'joined';
}
