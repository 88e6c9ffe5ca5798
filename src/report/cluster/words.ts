import type { Cluster, Report } from '../../measurements.ts';
import { metricOf } from '../../stats/index.ts';
import { medianOver } from '../medians.ts';
import { count, duration, percentage } from '../numbers.ts';
import type { Sheet } from '../sheet.ts';
import { inProse } from '../words/labels.ts';
import { capital } from '../words/text.ts';
import { redisSentences, redisSheets } from './redis.ts';
import { hopSheet, subjectsOf } from './sheets.ts';

/** Several nodes as tables: what Redis's absence did where it was away, else what passes between them; none with one node. */
export function clusterSheets(report: Report): Sheet[] {
  const subjects = subjectsOf(report);
  if (subjects.length === 0) return [];
  const outages = redisSheets(report, subjects);
  if (outages.length > 0 || isBalanced(report)) return outages;
  return [hopSheet(subjects)];
}

/** Which client is at which node, only what stands before the nodes knows. */
function isBalanced({ scenario }: Report): boolean {
  return scenario.balancer !== 'none';
}

/** What several nodes mean for the messages, one sentence a transport. */
export function clusterSentences(report: Report): string[] {
  const { rounds, summaries, scenario } = report;
  if (scenario.faults.length > 0) return redisSentences(report, subjectsOf(report));
  if (isBalanced(report))
    return [
      `${scenario.balancer} alone knows which client is at which node: local and remote are not told apart.`,
    ];
  return summaries.flatMap(({ transport }) => {
    const own = rounds.filter((round) => round.transport === transport && round.cluster !== null);
    const clusters = own.flatMap(({ cluster }) => cluster ?? []);
    if (clusters.length === 0) return [];
    const hopMs = medianOver(
      own.filter((round) => round.valid),
      (round) => metricOf(round, 'hopP50Ms'),
    );
    const name = capital(inProse(transport));
    return [
      scenario.adapter === 'none' ? shareSentence(name, clusters) : reachSentence(name, clusters, hopMs),
    ];
  });
}

/** Without an adapter each node is a world of its own. */
function shareSentence(name: string, clusters: readonly Cluster[]): string {
  const { local, remote } = sumOf(clusters);
  const nodes = clusters[0]?.nodes.length ?? 1;
  const all = local.expected + remote.expected;
  const delivered = local.delivered + remote.delivered;
  const figures = `${count(delivered)} of ${count(all)}`;
  const isExact = local.delivered === local.expected && remote.delivered === 0;
  return isExact
    ? `${name} without an adapter delivers exactly the local share: ${shareOf(delivered, all, nodes)} (${figures}).`
    : `${name} without an adapter delivers ${percentage(delivered / all)}% (${figures}), where the local share is ${percentage(local.expected / all)}%.`;
}

/** `1/3` where it is, else in percent. */
function shareOf(part: number, all: number, nodes: number): string {
  return part * nodes === all ? `1/${nodes}` : `${percentage(part / all)}%`;
}

function reachSentence(name: string, clusters: readonly Cluster[], hopMs: number | undefined): string {
  const { local, remote } = sumOf(clusters);
  const hop = hopMs === undefined ? '' : `; the hop adds ${duration(Math.max(0, hopMs))} at p50`;
  if (remote.expected === 0) return `${name} had nobody to reach on other nodes.`;
  const isWhole = local.delivered === local.expected && remote.delivered === remote.expected;
  const all = count(local.expected + remote.expected);
  if (isWhole) return `${name}: all ${all} deliveries arrived, on the same node and on others${hop}.`;
  const reach = `${percentage(local.delivered / local.expected)}% on the same node and ${percentage(remote.delivered / remote.expected)}% to others`;
  return `${name}: ${reach} arrived${hop}.`;
}

function sumOf(
  clusters: readonly Cluster[],
): Record<'local' | 'remote', { expected: number; delivered: number }> {
  const sum = (way: 'local' | 'remote') => ({
    expected: clusters.reduce((total, cluster) => total + cluster[way].expected, 0),
    delivered: clusters.reduce((total, cluster) => total + cluster[way].delivered, 0),
  });
  return { local: sum('local'), remote: sum('remote') };
}
