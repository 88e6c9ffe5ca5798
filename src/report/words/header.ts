import type { Head, Precision, Report, ResolvedScenario, TransportSettings } from '../../measurements.ts';
import { metrics, transportsOf } from '../../stats/index.ts';
import { bandwidth, count, duration, percentage, plain } from '../numbers.ts';
import { isSilent, signsOfLife } from '../silence.ts';
import { calibrationOf } from './calibration.ts';
import { nameOf } from './labels.ts';
import { clean, counted, listed } from './text.ts';

/** What the head of a result is told from. */
export type Headed = Head & Pick<Report, 'rounds'> & Partial<Pick<Report, 'summaries' | 'precision'>>;

/** The workload in a few words, each part on its own; without the fields that were varied. */
export function workloadOf(
  {
    scenario,
    rounds,
    precision = null,
  }: Pick<Report, 'scenario' | 'rounds'> & Partial<Pick<Report, 'precision'>>,
  varied: readonly string[] = [],
): string[] {
  const interleaved = transportsOf(rounds).length > 1 ? 'interleaved ' : '';
  const many = counted(scenario.rounds, `${interleaved}round`);
  return [
    clean(scenario.name),
    ...clientsOf(scenario, varied),
    ...(isSilent(scenario) ? ['no messages', signsOfLife(scenario)] : messagesOf(scenario, varied)),
    ...(scenario.application === 'churn' ? churnOf(scenario) : []),
    ...(scenario.tls ? ['TLS'] : []),
    ...(varied.includes('rttMs') ? [] : linkOf(scenario)),
    ...clusterOf(scenario, varied),
    ...faultsOf(scenario),
    ...ownSettingsOf(scenario),
    varied.includes('durationMs') ? many : `${many} of ${duration(scenario.durationMs)}`,
    ...(precision === null ? [] : [reachOf(precision)]),
  ];
}

/** Who the clients are: `200 clients (8 witnesses, lean crowd)`; without what was varied, or where there is no crowd. */
export function clientsOf(
  { clients, witnesses, crowd }: Pick<ResolvedScenario, 'clients' | 'witnesses' | 'crowd'>,
  varied: readonly string[],
): string[] {
  const kind = clients === witnesses || varied.includes('crowd') ? [] : [`${crowd} crowd`];
  if (varied.includes('clients')) return kind;
  const witnessed = `${count(witnesses)} ${witnesses === 1 ? 'witness' : 'witnesses'}`;
  const parts = clients === witnesses ? '' : ` (${[witnessed, ...kind].join(', ')})`;
  return [counted(clients, 'client') + parts];
}

function messagesOf(scenario: ResolvedScenario, varied: readonly string[]): string[] {
  return [
    ...(varied.includes('ratePerSecond') ? [] : [rateOf(scenario)]),
    ...(scenario.arrivals === 'poisson' ? ['Poisson arrivals'] : []),
    ...(varied.includes('payloadBytes') ? [] : [`${count(scenario.payloadBytes)} B ${scenario.payloadKind}`]),
  ];
}

function churnOf({ churnPerSecond, stormShare }: ResolvedScenario): string[] {
  return [
    `${percentage(churnPerSecond)}% leave and return each second`,
    ...(stormShare === 0 ? [] : [`${percentage(stormShare)}% cut off at once`]),
  ];
}

/** How many servers there are, and what joins them. */
function clusterOf(scenario: ResolvedScenario, varied: readonly string[]): string[] {
  const { nodes, adapter, redisClient, redisErrors, balancer, sticky, balancerMistake } = scenario;
  const told = (field: keyof ResolvedScenario, part: string) => (varied.includes(field) ? [] : [part]);
  const redis = adapter.startsWith('redis')
    ? [...told('redisClient', redisClient), ...told('redisErrors', `errors ${redisErrors}`)]
    : [];
  const before = [
    ...told('sticky', sticky ? 'sticky' : 'not sticky'),
    ...(balancerMistake === 'none' ? [] : told('balancerMistake', `mistake ${balancerMistake}`)),
  ];
  const inParentheses = (parts: readonly string[]) => (parts.length === 0 ? '' : ` (${parts.join(', ')})`);
  return [
    ...(nodes === 1 ? [] : told('nodes', counted(nodes, 'node'))),
    ...(nodes === 1
      ? []
      : told('adapter', adapter === 'none' ? 'no adapter' : `${adapter} adapter${inParentheses(redis)}`)),
    ...(balancer === 'none' ? [] : told('balancer', `behind ${balancer}${inParentheses(before)}`)),
  ];
}

/** How many things go wrong, and what finds that out. */
function faultsOf(scenario: ResolvedScenario): string[] {
  const { faults, heartbeatMs, heartbeatTimeoutMs } = scenario;
  if (faults.length === 0) return [];
  const beat = isSilent(scenario) ? 'who is not heard is' : `heartbeat ${duration(heartbeatMs)},`;
  return [counted(faults.length, 'fault'), `${beat} given up ${duration(heartbeatTimeoutMs)} later`];
}

function rateOf({ ratePerSecond, phases }: ResolvedScenario): string {
  const rate = `${plain(ratePerSecond)} msg/s`;
  return phases.length === 0 ? rate : `${rate} on average in ${counted(phases.length, 'phase')}`;
}

const SETTING_NAMES: Readonly<Record<keyof TransportSettings, string>> = {
  pollIntervalMs: 'poll interval',
  holdMs: 'hold',
  longpollBatch: 'batches',
  heartbeatMs: 'heartbeat',
  heartbeatTimeoutMs: 'heartbeat timeout',
  recovery: 'recovery',
  socketioAgent: 'agent',
  headers: 'headers',
};

/** What single transports run with otherwise than all: `longpoll with hold 10 s`. */
function ownSettingsOf({ transports }: ResolvedScenario): string[] {
  return Object.entries(transports).map(([transport, own]) => {
    const told = Object.entries(SETTING_NAMES).flatMap(([setting, name]) => {
      const value: unknown = Reflect.get(own, setting);
      if (value === undefined) return [];
      if (typeof value === 'number') return [`${name} ${duration(value)}`];
      return [`${name} ${typeof value === 'boolean' ? (value ? 'on' : 'off') : value}`];
    });
    return `${nameOf(transport)} with ${listed(told)}`;
  });
}

/** Whether the rounds, as many as they became, were enough. */
function reachOf({ metric, wanted, reached, maxTimeMs }: Precision): string {
  const { label } = metrics[metric];
  const target = `±${plain(wanted * 100)}%`;
  if (reached === null) return `${label} has no interval (asked for ${target})`;
  const width = `${label} within ±${plain(reached * 100, 2)}%`;
  if (reached <= wanted) return `${width}, as asked`;
  return `${width} when the ${duration(maxTimeMs)} of --max-time were over (asked for ${target})`;
}

function linkOf({ rttMs, jitterMs, bandwidthBitsPerSecond }: ResolvedScenario): string[] {
  const jitter = jitterMs === 0 ? '' : ` (each way ± ${duration(jitterMs)})`;
  return [
    ...(rttMs === 0 ? [] : [`RTT ${duration(rttMs)}${jitter}`]),
    ...(bandwidthBitsPerSecond === 0 ? [] : [`${bandwidth(bandwidthBitsPerSecond)} a client`]),
  ];
}

/** Where it was measured and how far that can be trusted, each part on its own. */
export function machineOf(report: Head): string[] {
  const relayed = linkOf(report.scenario).length > 0;
  const wire = relayed ? ['no wire bytes, since the relay carries each twice'] : [];
  return [...partsOf(report), ...wire, ...calibrationOf(report)];
}

/** A machine and what runs on it. */
export function partsOf({ machine, rtbench }: Pick<Report, 'machine' | 'rtbench'>): string[] {
  const { pinning } = machine;
  return [
    clean(machine.cpu),
    counted(machine.cores, 'core'),
    `Node ${clean(machine.node)}`,
    ...['ws', 'socket.io'].flatMap((name) => {
      const version = Object.hasOwn(machine.packages, name) ? machine.packages[name] : undefined;
      return version === undefined ? [] : [`${name} ${clean(version)}`];
    }),
    ...isolationOf(machine),
    pinning === null
      ? 'not pinned to cores'
      : `server on ${cores(pinning.server)}, clients on ${cores(pinning.clients)}`,
    `rtbench ${clean(rtbench)}`,
  ];
}

/** Where the kernel counts wire bytes, or why it does not. */
function isolationOf({ isolation, isolationMissing }: Report['machine']): string[] {
  if (isolation === 'netns') return ['private namespace'];
  return isolationMissing === null ? [] : [`no wire bytes: ${clean(isolationMissing)}`];
}

/** Said first where a run was stopped; undefined where it was not. */
export function interruptionOf({
  interrupted,
  failure,
  rounds,
  summaries,
  scenario,
  precision,
}: Headed): string | undefined {
  if (!interrupted && failure === null) return undefined;
  const planned = summaries?.length === 1 && precision === null ? ` (of ${scenario.rounds})` : '';
  if (rounds.length === 0) return 'Interrupted before the first round was finished.';
  return `Interrupted: made from the ${counted(rounds.length, 'round')}${planned} that were finished.`;
}

function cores(numbers: readonly number[]): string {
  return `core${numbers.length === 1 ? '' : 's'} ${numbers.join(', ')}`;
}
