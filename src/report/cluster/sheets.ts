import type { Cluster, Hop, NodeResult, Report, Round } from '../../measurements.ts';
import { metricOf } from '../../stats/index.ts';
import { tellingOf } from '../faults/outcome.ts';
import { medianOver } from '../medians.ts';
import { count, duration, figure, NONE, percentage, size } from '../numbers.ts';
import { type Sheet, sheetOf, type Told } from '../sheet.ts';
import { nameOf } from '../words/labels.ts';

/** Some rounds of the same, and what they are called. */
export interface Subject {
  readonly name: string;
  readonly rounds: readonly Round[];
}

/** The rounds of each transport that ran on several nodes; also those that are invalid, for a node that died is a finding. */
export function subjectsOf({ summaries, rounds }: Report): Subject[] {
  return summaries.flatMap(({ transport }) => {
    const own = rounds.filter((round) => round.transport === transport && round.cluster !== null);
    return own.length === 0 ? [] : [{ name: nameOf(transport), rounds: own }];
  });
}

/** What arrives on the node that said it, what on the others, and what the way between them adds. */
export function hopSheet(all: readonly Subject[], head = 'transport'): Sheet {
  const subjects = all.map(({ name, rounds }) => {
    const { told, isDoubtful } = tellingOf(rounds);
    return { name: name + (isDoubtful ? '?' : ''), rounds: told };
  });
  return sheetOf('', subjects, [
    { group: '', name: head, rank: 1, align: 'left', text: ({ name }) => name },
    ...hopColumns('same node', ({ local }) => local),
    ...hopColumns('other nodes', ({ remote }) => remote),
    {
      ...{ group: 'hop adds', name: 'p50, ms', rank: 2, value: judged(hopOf) },
      text: (subject) => figure(hopOf(subject), 2),
    },
    ...(subjects.some(({ rounds }) => rounds.some(({ faults }) => faults.length > 0)) ? [] : costColumns()),
    { group: 'nodes', name: 'alive', rank: 3, text: ({ rounds }) => aliveOf(rounds) },
  ]);
}

/** What deliveries cost all nodes together; faults would leave no sense in it. */
function costColumns(): Told<Subject>[] {
  return [
    metric('all nodes', 'µs/msg', 6, 'serverCpuPerMessageUs', (value) => figure(value, 2)),
    metric('all nodes', 'KB/client', 7, 'rssPerClientBytes', (value) => figure(value / 1000, 2)),
  ];
}

/** Invalid rounds are told of, but win nothing. */
function judged(of: (subject: Subject) => number | undefined): (subject: Subject) => number | undefined {
  return (subject) => (subject.rounds.every(({ valid }) => valid) ? of(subject) : undefined);
}

function hopOf({ rounds }: Subject): number | undefined {
  return medianOver(rounds, (round) => metricOf(round, 'hopP50Ms'));
}

function hopColumns(group: string, of: (cluster: Cluster) => Hop): Told<Subject>[] {
  const over = (rounds: readonly Round[], figureOf: (hop: Hop) => number | null) =>
    medianOver(rounds, ({ cluster }) => (cluster === null ? null : figureOf(of(cluster))));
  const latency = (name: string, rank: number, which: 'p50Ms' | 'p99Ms'): Told<Subject> => ({
    ...{ group, name: `${name}, ms`, rank },
    text: ({ rounds }) =>
      figure(
        over(rounds, ({ latency }) => latency[which]),
        2,
      ),
  });
  return [
    {
      ...{ group, name: 'due', rank: 5 },
      text: ({ rounds }) => count(over(rounds, ({ expected }) => expected) ?? 0),
    },
    {
      ...{ group, name: '%', rank: 1 },
      text: ({ rounds }) =>
        percentage(over(rounds, ({ delivered, expected }) => (expected === 0 ? null : delivered / expected))),
    },
    latency('p50', 2, 'p50Ms'),
    latency('p99', 4, 'p99Ms'),
  ];
}

function metric(
  group: string,
  name: string,
  rank: number,
  key: Parameters<typeof metricOf>[1],
  show: (value: number) => string,
): Told<Subject> {
  const value = ({ rounds }: Subject) => medianOver(rounds, (round) => metricOf(round, key));
  return {
    ...{ group, name, rank, value: judged(value) },
    text(subject) {
      const known = value(subject);
      return known === undefined ? NONE : show(known);
    },
  };
}

/** `3 of 3`; the fewest of all rounds. */
export function aliveOf(rounds: readonly Round[]): string {
  const counts = rounds.flatMap(({ cluster }) =>
    cluster === null
      ? []
      : [{ all: cluster.nodes.length, dead: cluster.nodes.filter(({ died }) => died).length }],
  );
  const most = counts.toSorted((one, other) => other.dead - one.dead)[0];
  return most === undefined ? NONE : `${most.all - most.dead} of ${most.all}`;
}

/** One row a node, of one round. */
export function nodeSheet({ cluster, windowMs, round }: Round): Sheet | undefined {
  if (cluster === null) return undefined;
  const isDead = cluster.nodes.some(({ died }) => died !== null);
  return sheetOf(`Nodes of round ${round}`, cluster.nodes, [
    told('node', 1, ({ node }) => String(node)),
    told('clients', 2, ({ clients }) => count(clients)),
    told('CPU, % core', 3, ({ cpuUs }) => figure(cpuUs / windowMs / 10, 2)),
    told('RSS', 2, ({ rssBytes }) => size(rssBytes)),
    told('before clients', 4, ({ rssIdleBytes }) => size(rssIdleBytes)),
    told('a client', 1, ({ rssBytes, rssIdleBytes, clients }) =>
      clients === 0 ? NONE : size(Math.max(0, rssBytes - rssIdleBytes) / clients, 2),
    ),
    told('open at the end', 4, ({ openAtEnd }) => count(openAtEnd)),
    ...(isDead ? [told('died', 1, ({ died }) => (died === null ? '' : `at ${duration(died.atMs)}`))] : []),
  ]);
}

function told(name: string, rank: number, text: (node: NodeResult) => string): Told<NodeResult> {
  return { group: '', name, rank, text };
}
