import { connectionsPerClient } from '../../applications/index.ts';
import type { ClientsShare } from '../../clients/protocol.ts';
import { type CpuReading, cpuBetween } from '../../instrument/meter.ts';
import type {
  Bytes,
  ChannelDelivery,
  Delivery,
  DriverCost,
  HostLoad,
  Round,
  ServerCost,
} from '../../measurements.ts';
import type { ServerReading } from '../../server/protocol.ts';
import { wireBetween } from '../../server/protocol.ts';
import { decodeHistogram, latencyOf, mergeHistograms } from '../../stats/histogram.ts';
import { cpuUs, type Evidence, edges, expectedOf, latest, total } from './evidence.ts';
import { clientsCoreShare, judge } from './flags.ts';
import { besideModel } from './model.ts';
import { churnOf } from './parts/churn.ts';
import { clusterOf } from './parts/cluster.ts';
import { besideFaults } from './parts/excuses.ts';
import { faultsOf } from './parts/faults.ts';
import { historyFlags, historyOf } from './parts/history.ts';
import { besideObstacle } from './parts/obstacles.ts';
import { phasesOf } from './parts/phases.ts';
import { seriesOf } from './parts/series.ts';

/** Makes the report's round out of what the processes brought. */
export function assemble(evidence: Evidence): Round {
  const { transport, round, scenario, connected, server, witness, drivers } = evidence;
  const [start, , end] = edges(server.readings);
  const delivery = deliveryOf(evidence);
  const history = historyOf(evidence);
  const series = seriesOf(evidence);
  const judged = judge(evidence, delivery, hostLoadOf(evidence));
  const flags = [
    ...besideObstacle(evidence, besideFaults(evidence, judged, series)),
    ...historyFlags(history),
  ];
  return besideModel(evidence, {
    transport: transport.name,
    round,
    clients: scenario.clients,
    windowMs: scenario.durationMs,
    valid: !flags.some((flag) => flag.fatal),
    flags,
    delivery,
    latency: latencyOf(decodeHistogram(witness.latencyHdr)),
    crowdLatency: latencyOf(mergeHistograms(drivers.map((share) => decodeHistogram(share.latencyHdr)))),
    staleness: witness.stalenessHdr === null ? null : latencyOf(decodeHistogram(witness.stalenessHdr)),
    channels: channelsOf(evidence),
    connectionsPerClient: connectionsPerClient(scenario),
    connect: { ...connected.cost, carrying: connected.carrying },
    bytes: bytesOf(evidence, start, end),
    requests: end.requests - start.requests,
    emptyResponses: end.emptyAnswers - start.emptyAnswers,
    server: serverCostOf(evidence),
    driver: driverCostOf(evidence),
    host: hostLoadOf(evidence),
    churn: churnOf(evidence),
    link: evidence.relay?.link ?? null,
    history,
    model: null,
    phases: phasesOf(evidence),
    faults: faultsOf(evidence, series),
    series,
    cluster: clusterOf(evidence),
  });
}

/** What came over each channel; null where there are none. */
function channelsOf({ scenario, witness, drivers }: Evidence): ChannelDelivery[] | null {
  if (scenario.application !== 'multiplex') return null;
  return Array.from({ length: scenario.channels }, (_, index) => {
    const of = ({ channels }: ClientsShare) =>
      mergeHistograms(
        channels
          .filter(({ channel }) => channel === index)
          .map(({ latencyHdr }) => decodeHistogram(latencyHdr)),
      );
    const delivered = [witness, ...drivers].reduce((sum, share) => sum + of(share).totalCount, 0);
    const { p50Ms, p99Ms } = latencyOf(of(witness));
    return { delivered, p50Ms, p99Ms };
  });
}

function deliveryOf(evidence: Evidence): Delivery {
  const { server, scenario, dueUs } = evidence;
  const published =
    total(evidence, ({ said }) => said.published) + Math.max(server.said.published, dueUs.length);
  const expected =
    total(evidence, ({ said }) => said.expected) +
    expectedOf(scenario, dueUs, server.said.expected) -
    evidence.missed.window;
  const delivered = total(evidence, (share) => share.delivered);
  return {
    published,
    expected,
    delivered,
    conflated: server.said.conflated,
    lost: Math.max(0, expected - server.said.conflated - delivered),
    duplicated: total(evidence, (share) => share.duplicated),
    misdirected: total(evidence, (share) => share.misdirected),
    reordered: total(evidence, (share) => share.reordered),
    arrivedInWindow: total(evidence, (share) => share.arrivedInHalves[0] + share.arrivedInHalves[1]),
  };
}

function bytesOf(evidence: Evidence, start: ServerReading, end: ServerReading): Bytes {
  return {
    payload: total(evidence, (share) => share.payloadBytes),
    appUp: end.bytesUp - start.bytesUp,
    appDown: end.bytesDown - start.bytesDown,
    wire: wireBetween(start, end, 'bytes'),
    wireUp: null,
    wireDown: null,
    packets: wireBetween(start, end, 'packets'),
  };
}

function serverCostOf(evidence: Evidence): ServerCost {
  const { server, alone, connected, memory, timeline } = evidence;
  const [start, middle, end, lightEnd] = edges(server.readings);
  const use = cpuBetween(start, end);
  const [first, second] = ([0, 1] as const).map((half) =>
    total(evidence, (share) => share.arrivedInHalves[half]),
  );
  const lightCost = {
    windowMs: (lightEnd.atNs - end.atNs) / 1e6,
    cpuUs: cpuUs(end, lightEnd),
    arrived: total(evidence, (share) => share.arrivedInLight),
  };
  return {
    cpuUserUs: use.userUs,
    cpuSystemUs: use.systemUs,
    rssBytes: end.rssBytes,
    rssIdleBytes: connected.idleRssBytes,
    ...memory.server,
    loopDelayP99Ms: server.loopDelayP99Ms,
    slipP50Ms: latest(evidence, 'slipP50Ms'),
    slipP99Ms: latest(evidence, 'slipP99Ms'),
    alone,
    light: timeline.lightEndUs === timeline.windowEndUs ? null : lightCost,
    halvesCpuPerMessageUs: [perMessage(cpuUs(start, middle), first), perMessage(cpuUs(middle, end), second)],
  };
}

function perMessage(us: number, messages = 0): number | null {
  return messages === 0 ? null : us / messages;
}

/** What the crowd's processes spent; where all clients are witnesses, theirs. */
function driverCostOf(evidence: Evidence): DriverCost {
  const { scenario, witness, drivers, memory } = evidence;
  const shares = drivers.length === 0 ? [witness] : drivers;
  const sum = (of: (share: ClientsShare) => number) => shares.reduce((all, share) => all + of(share), 0);
  return {
    cpuUs: sum(({ readings }) => {
      const [start, , end] = edges(readings);
      return cpuUs(start, end);
    }),
    loopDelayP99Ms: Math.max(...shares.map((share) => share.loopDelayP99Ms)),
    processes: shares.length,
    coreShare: clientsCoreShare(evidence),
    clients: scenario.clients - (drivers.length === 0 ? 0 : scenario.witnesses),
    arrivedInWindow: sum(({ arrivedInHalves: [first, second] }) => first + second),
    ...memory.driver,
  };
}

function hostLoadOf(evidence: Evidence): HostLoad {
  const [start, end] = evidence.host;
  const { before, after } = evidence.yardstick;
  const yardstick = {
    yardstickBeforeUs: before.wallUs,
    yardstickAfterUs: after.wallUs,
    yardstickCpuUs: (before.cpuUs + after.cpuUs) / 2,
  };
  if (!start?.host || !end?.host) return { otherCores: null, stealCores: null, ...yardstick };
  const elapsedUs = (end.cpu.atNs - start.cpu.atNs) / 1000;
  const { server, witness, drivers, relay, redis, balancer } = evidence;
  const beside = [relay?.readings ?? null, redis, balancer].filter((one) => one !== null);
  const ours = [...[server, witness, ...drivers].map(({ readings }) => readings), ...beside].reduce(
    (sum, readings) => {
      const [from, , to] = edges<CpuReading>(readings);
      return sum + cpuUs(from, to);
    },
    cpuUs(start.cpu, end.cpu),
  );
  return {
    otherCores: Math.max(0, end.host.busyUs - start.host.busyUs - ours) / elapsedUs,
    stealCores: (end.host.stealUs - start.host.stealUs) / elapsedUs,
    ...yardstick,
  };
}
