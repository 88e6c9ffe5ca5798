import { findApplication } from '../../../applications/index.ts';
import type { HopsShare } from '../../../clients/protocol.ts';
import type { CpuReading } from '../../../instrument/meter.ts';
import type { Cluster, Hop, NodeResult, ResolvedScenario } from '../../../measurements.ts';
import type { ServerShare } from '../../../server/protocol.ts';
import { decodeHistogram, latencyOf, mergeHistograms } from '../../../stats/histogram.ts';
import type { Spoken } from '../../round/spoken.ts';
import { cpuUs, type Evidence, edges } from '../evidence.ts';

/** What several nodes came to; null where there is one that clients reach without going through anything. */
export function clusterOf(evidence: Evidence): Cluster | null {
  const { scenario, servers, spoken, redis } = evidence;
  if (scenario.nodes === 1 && scenario.balancer === 'none') return null;
  const audiences = audiencesOf(scenario);
  const [redisStart, , redisEnd] = redis ?? [];
  return {
    local: hopOf(evidence, 'localHdr', sumOver(spoken, audiences, 'local')),
    remote: hopOf(evidence, 'remoteHdr', sumOver(spoken, audiences, 'remote')),
    nodes: servers.map((server, index) => nodeOf(evidence, server, index)),
    redisCpuUs: redisStart === undefined || redisEnd === undefined ? null : redisCpuOf(redisStart, redisEnd),
  };
}

/** A Redis that was killed begins to count anew: what it used cannot be had. */
function redisCpuOf(start: CpuReading, end: CpuReading): number | null {
  const spent = cpuUs(start, end);
  return spent < 0 ? null : spent;
}

/** To how many clients a message goes, by the way that it takes. */
interface Audience {
  readonly local: number;
  readonly remote: number;
}

/** Whom each speaker's messages reach; nobody knows that where something before the nodes chooses one for each client. */
export function audiencesOf(scenario: ResolvedScenario): (spoken: Spoken) => Audience {
  const { nodes, clients, application, balancer } = scenario;
  if (balancer !== 'none') return () => ({ local: 0, remote: 0 });
  const { audience } = findApplication(application);
  if (audience === undefined) {
    return ({ speaker }) => {
      const local = clientsAt(speaker, scenario);
      return { local, remote: clients - local };
    };
  }
  const known = new Map<number, Audience>();
  return ({ speaker }) => {
    const found = known.get(speaker);
    if (found !== undefined) return found;
    const all = audience(speaker, scenario);
    const local = all.filter((index) => (index - speaker) % nodes === 0).length;
    const made = { local, remote: all.length - local };
    known.set(speaker, made);
    return made;
  };
}

/** How many deliveries nobody makes: to clients of other nodes, where nothing is passed on; null where nobody knows. */
export function unheardOf(scenario: ResolvedScenario, spoken: readonly Spoken[]): number | null {
  if (scenario.nodes === 1 || scenario.adapter !== 'none') return 0;
  return scenario.balancer === 'none' ? sumOver(spoken, audiencesOf(scenario), 'remote') : null;
}

/** How many clients a node has, counted from 0: they take turns. */
function clientsAt(node: number, { clients, nodes }: ResolvedScenario): number {
  return Math.floor(clients / nodes) + (node < clients % nodes ? 1 : 0);
}

function sumOver(
  spoken: readonly Spoken[],
  audiences: (spoken: Spoken) => Audience,
  way: keyof Audience,
): number {
  return spoken.reduce((sum, one) => sum + audiences(one)[way], 0);
}

/** Deliveries are counted by all clients, and latency is the witnesses'. */
function hopOf({ witness, drivers }: Evidence, which: keyof HopsShare, expected: number): Hop {
  const of = (hops: HopsShare | null) => (hops === null ? [] : [decodeHistogram(hops[which])]);
  const all = mergeHistograms([witness, ...drivers].flatMap(({ hops }) => of(hops)));
  return {
    expected,
    delivered: all.totalCount,
    latency: latencyOf(mergeHistograms(of(witness.hops))),
  };
}

function nodeOf(
  { scenario, timeline, deaths, connected }: Evidence,
  server: ServerShare,
  index: number,
): NodeResult {
  const [start, , end] = edges(server.readings);
  const node = index + 1;
  const death = deaths.find((one) => one.node === node);
  const startMs = timeline.epochNs / 1e6 + timeline.windowStartUs / 1000;
  return {
    node,
    clients: scenario.balancer === 'none' ? clientsAt(index, scenario) : end.open,
    cpuUs: cpuUs(start, end),
    rssBytes: end.rssBytes,
    rssIdleBytes: connected.idleRssBytesEach[index] ?? 0,
    openAtEnd: end.open,
    unpublished: end.unpublished - start.unpublished,
    died: death === undefined ? null : { atMs: death.atNs / 1e6 - startMs, why: death.why },
  };
}
