import type { Head, Precision, Report, ResolvedScenario } from '../../measurements.ts';
import { metrics, transportsOf } from '../../stats/index.ts';
import { bandwidth, count, duration, plain } from '../numbers.ts';
import { calibrationOf } from './calibration.ts';
import { clean, counted } from './text.ts';

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
  const unless = (field: keyof ResolvedScenario, part: string) => (varied.includes(field) ? [] : [part]);
  return [
    clean(scenario.name),
    ...unless('clients', counted(scenario.clients, 'client')),
    ...unless('ratePerSecond', `${plain(scenario.ratePerSecond)} msg/s`),
    ...(scenario.arrivals === 'poisson' ? ['Poisson arrivals'] : []),
    ...unless('payloadBytes', `${count(scenario.payloadBytes)} B ${scenario.payloadKind}`),
    ...(scenario.tls ? ['TLS'] : []),
    ...(varied.includes('rttMs') ? [] : linkOf(scenario)),
    varied.includes('durationMs') ? many : `${many} of ${duration(scenario.durationMs)}`,
    ...(precision === null ? [] : [reachOf(precision)]),
  ];
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
