import type { Hop, MetricKey, Round } from '../measurements.ts';

/** What a reader must know of a metric to print and judge it. */
export interface MetricFacts {
  readonly label: string;
  readonly unit: string;
  readonly better: 'lower' | 'higher';
  /** Significant digits that its repeatability earns in a table. */
  readonly digits: number;
  of(round: Round): number | null;
}

/** Two loads that differ by less than this cannot tell fixed from marginal cost. */
const LEAST_LOAD_RATIO = 1.5;

/** Each metric: what it is called and how a round yields it. */
export const metrics: Readonly<Record<MetricKey, MetricFacts>> = {
  latencyP50Ms: lower('latency p50', 'ms', 2, ({ latency }) => latency.p50Ms),
  latencyP90Ms: lower('latency p90', 'ms', 2, ({ latency }) => latency.p90Ms),
  latencyP99Ms: lower('latency p99', 'ms', 2, ({ latency }) => latency.p99Ms),
  latencyMaxMs: lower('latency max', 'ms', 2, ({ latency }) => latency.maxMs),
  latencyMeanMs: lower('latency mean', 'ms', 2, ({ latency }) => latency.meanMs),
  stalenessP50Ms: lower('staleness p50', 'ms', 2, ({ staleness }) => staleness?.p50Ms ?? null),
  stalenessP99Ms: lower('staleness p99', 'ms', 2, ({ staleness }) => staleness?.p99Ms ?? null),
  deliveredRatio: higher('delivered', 6, ({ delivery }) => ratio(delivery.delivered, delivery.expected)),
  lostRatio: lower('lost', '', 3, ({ delivery }) => ratio(delivery.lost, delivery.expected)),
  noticedP50Ms: lower('noticed by clients p50, worst fault', 'ms', 2, ({ faults }) =>
    worst(faults.map(({ clientsNoticed }) => clientsNoticed.p50Ms)),
  ),
  recoveredP99Ms: lower('recovered p99, worst fault', 'ms', 2, ({ faults }) =>
    worst(faults.map(({ recovered }) => recovered.p99Ms)),
  ),
  localDeliveredRatio: higher('delivered on the same node', 6, ({ cluster }) => arrived(cluster?.local)),
  remoteDeliveredRatio: higher('delivered to other nodes', 6, ({ cluster }) => arrived(cluster?.remote)),
  hopP50Ms: lower('latency p50 to other nodes, more than on the same', 'ms', 2, ({ cluster }) =>
    difference(cluster?.remote.latency.p50Ms, cluster?.local.latency.p50Ms),
  ),
  appBytesPerMessage: lower('app bytes per message', 'B', 2, (round) => perMessage(round, appBytes(round))),
  wireBytesPerMessage: lower('wire bytes per message', 'B', 2, (round) =>
    perMessage(round, round.bytes.wire),
  ),
  overheadRatio: lower('app bytes per payload byte', '', 3, (round) =>
    ratio(appBytes(round), round.bytes.payload),
  ),
  packetsPerMessage: lower('packets per message', '', 2, (round) => perMessage(round, round.bytes.packets)),
  requestsPerMessage: lower('requests per message', '', 2, (round) => perMessage(round, round.requests)),
  serverCpuPerMessageUs: lower('server CPU per message', 'µs', 2, (round) =>
    perMessage(round, serverCpuUs(round)),
  ),
  serverCpuPerMessageYardsticks: lower('server CPU per message', 'millionths of a yardstick', 2, (round) => {
    const { yardstickCpuUs, yardstickBeforeUs, yardstickAfterUs } = round.host;
    const yardstickUs = yardstickCpuUs ?? (yardstickBeforeUs + yardstickAfterUs) / 2;
    return perMessage(round, (serverCpuUs(round) * 1e6) / yardstickUs);
  }),
  serverCpuPercent: lower('server CPU', '% of a core', 2, (round) =>
    percent(serverCpuUs(round), round.windowMs),
  ),
  serverCpuMarginalUs: lower(
    'server CPU, marginal per message',
    'µs',
    2,
    (round) => twoLoads(round)?.marginalUs ?? null,
  ),
  serverCpuFixedPercent: lower(
    'server CPU, fixed',
    '% of a core',
    2,
    (round) => twoLoads(round)?.fixedPercent ?? null,
  ),
  serverCpuPerClientMinuteMs: lower('server CPU per client and minute', 'ms', 2, (round) =>
    perClientMinute(round, clientsCpuMs(round)),
  ),
  appBytesPerClientMinute: lower('app bytes per client and minute', 'B', 2, (round) =>
    perClientMinute(round, appBytes(round)),
  ),
  wireBytesPerClientMinute: lower('wire bytes per client and minute', 'B', 2, (round) =>
    perClientMinute(round, round.bytes.wire),
  ),
  requestsPerClientMinute: lower('requests per client and minute', '', 2, (round) =>
    perClientMinute(round, round.requests),
  ),
  memoryPerClientBytes: lower('memory per client', 'B', 2, ({ server, clients }) =>
    ratio(Math.max(0, server.heapBytes - server.heapIdleBytes), clients),
  ),
  rssPerClientBytes: lower('resident memory per client', 'B', 2, ({ server, clients }) =>
    ratio(Math.max(0, server.rssBytes - server.rssIdleBytes), clients),
  ),
  connectP50Ms: lower('connect p50', 'ms', 2, ({ connect }) => connect.p50Ms),
  reconnectP99Ms: lower('reconnect p99', 'ms', 2, ({ churn }) => churn?.connectP99Ms ?? null),
  stormRecoveredMs: lower('recovery from a storm', 'ms', 2, ({ churn }) => churn?.stormRecoveredMs ?? null),
  serverCpuPerConnectUs: lower(
    'server CPU per connect',
    'µs',
    2,
    ({ churn }) => churn?.serverCpuPerConnectUs ?? null,
  ),
};

/** One metric of one round; null where the round cannot tell it. */
export function metricOf(round: Round, key: MetricKey): number | null {
  return metrics[key].of(round);
}

function lower(label: string, unit: string, digits: number, of: MetricFacts['of']): MetricFacts {
  return { label, unit, better: 'lower', digits, of };
}

function higher(label: string, digits: number, of: MetricFacts['of']): MetricFacts {
  return { label, unit: '', better: 'higher', digits, of };
}

/** The longest of the times that are known. */
function worst(times: readonly (number | null)[]): number | null {
  const known = times.filter((time) => time !== null);
  return known.length === 0 ? null : Math.max(...known);
}

function arrived(hop: Hop | undefined): number | null {
  return hop === undefined ? null : ratio(hop.delivered, hop.expected);
}

function difference(more: number | null = null, less: number | null = null): number | null {
  return more === null || less === null ? null : more - less;
}

function ratio(amount: number | null, base: number): number | null {
  return amount === null || base === 0 ? null : amount / base;
}

function perMessage(round: Round, amount: number | null): number | null {
  return ratio(amount, round.delivery.arrivedInWindow);
}

const MINUTE_MS = 60_000;

function perClientMinute({ clients, windowMs }: Round, amount: number | null): number | null {
  return ratio(amount, (clients * windowMs) / MINUTE_MS);
}

/** What the server spent in the window beyond what it spends without a client, where that is known. */
function clientsCpuMs(round: Round): number {
  const { alone } = round.server;
  const aloneUs = alone === null ? 0 : (alone.cpuUs / alone.windowMs) * round.windowMs;
  return Math.max(0, serverCpuUs(round) - aloneUs) / 1000;
}

/** A core is busy for 10 µs of CPU in each ms for each percent. */
function percent(cpuUs: number, windowMs: number): number | null {
  return ratio(cpuUs / 10, windowMs);
}

function appBytes({ bytes }: Round): number {
  return bytes.appUp + bytes.appDown;
}

function serverCpuUs({ server }: Round): number {
  return server.cpuUserUs + server.cpuSystemUs;
}

/** The line through two loads: its slope is the marginal cost, its intercept the fixed one. */
function twoLoads(round: Round): { marginalUs: number; fixedPercent: number } | null {
  const { light } = round.server;
  if (light === null || light.windowMs <= 0 || round.windowMs <= 0) return null;
  const rate = round.delivery.arrivedInWindow / round.windowMs;
  const lightRate = light.arrived / light.windowMs;
  if (rate <= 0 || Math.max(rate, lightRate) < LEAST_LOAD_RATIO * Math.min(rate, lightRate)) return null;
  const cost = serverCpuUs(round) / round.windowMs;
  const marginalUs = (cost - light.cpuUs / light.windowMs) / (rate - lightRate);
  if (marginalUs < 0) return null;
  // Less than nothing is noise of the lighter load: then all of it is marginal, as far as can be told.
  return marginalUs * rate > cost
    ? { marginalUs: cost / rate, fixedPercent: 0 }
    : { marginalUs, fixedPercent: (cost - marginalUs * rate) / 10 };
}
