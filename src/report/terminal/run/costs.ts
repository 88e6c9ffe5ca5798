import type { LinkCost, ResolvedScenario, Round } from '../../../measurements.ts';
import {
  driverBytesPerClient,
  driverOverServer,
  driverUsPerMessage,
  metricOf,
} from '../../../stats/index.ts';
import { known, medianOver, withInterval } from '../../medians.ts';
import { count, duration, figure, size } from '../../numbers.ts';
import { type CpuUnit, cpuUnits } from '../../writer.ts';

/** What the server's CPU spent. */
export function cpuParts(rounds: readonly Round[], { metric, unit }: CpuUnit = cpuUnits.us): string[] {
  const fixed = medianOver(rounds, (round) => metricOf(round, 'serverCpuFixedPercent'));
  const marginal = medianOver(rounds, (round) => metricOf(round, 'serverCpuMarginalUs'));
  return [
    withInterval(rounds, metric, ` ${unit} a message`),
    withInterval(rounds, 'serverCpuPercent', '% of a core'),
    fixed === undefined || marginal === undefined
      ? 'fixed and marginal cost could not be told apart'
      : `${figure(fixed, 2)}% fixed + ${figure(marginal, 2)} µs a message marginal`,
  ];
}

/** What a client holds of the server's memory. */
export function memoryParts(rounds: readonly Round[]): string[] {
  const resident = (of: (server: Round['server']) => number) =>
    known(
      medianOver(rounds, ({ server }) => of(server)),
      size,
    );
  return [
    withInterval(rounds, 'memoryPerClientBytes', ' KB of heap a client', 1000),
    `RSS ${resident(({ rssBytes }) => rssBytes)}`,
    `${resident(({ rssIdleBytes }) => rssIdleBytes)} before the first client`,
  ];
}

/** How late the server itself ran. */
export function punctualityParts(rounds: readonly Round[]): string[] {
  return [
    `server loop delay p99 ${known(
      medianOver(rounds, ({ server }) => server.loopDelayP99Ms),
      duration,
    )}`,
    `published late (slip) p99 ${known(
      medianOver(rounds, ({ server }) => server.slipP99Ms),
      duration,
    )}`,
  ];
}

/** What the relay added to the distance that was asked for. */
export function linkParts(rounds: readonly Round[]): string[] {
  const over = (of: (link: LinkCost) => number) =>
    medianOver(rounds, ({ link }) => (link === null ? null : of(link)));
  return [
    `the relay added p50 ${known(
      over(({ lateP50Ms }) => lateP50Ms),
      duration,
    )}, p99 ${known(
      over(({ lateP99Ms }) => lateP99Ms),
      duration,
    )}`,
    `${known(
      over(({ connections }) => connections),
      count,
    )} connections`,
  ];
}

/** What a load generator's clients are made of: those of the crowd, or, where all are witnesses, a user's own. */
type Crowding = Pick<ResolvedScenario, 'crowd' | 'clients' | 'witnesses'>;

/** What the load generator spent beside the server. */
export function driverParts(rounds: readonly Round[], crowd: Crowding): string[] {
  const each = medianOver(rounds, driverUsPerMessage);
  const times = medianOver(rounds, driverOverServer);
  const [made = '', ...shares] = driverShare(rounds, crowd);
  return [made, `${figure(each)} µs a message (${figure(times, 2)}× the server's)`, ...shares];
}

/** What the load generator is made of, and what it spent as a whole. */
export function driverShare(rounds: readonly Round[], { crowd, clients, witnesses }: Crowding): string[] {
  const processes = medianOver(rounds, ({ driver }) => driver.processes);
  const share = medianOver(rounds, ({ driver, windowMs }) =>
    windowMs === 0 ? null : driver.cpuUs / windowMs / 10,
  );
  const held = medianOver(rounds, driverBytesPerClient);
  const kind = clients === witnesses ? 'library' : crowd;
  return [
    `${kind} clients in ${processes === 1 ? '1 process' : `${known(processes, count)} processes`}`,
    `${figure(share, 2)}% of a core`,
    ...(held === undefined ? [] : [`${size(held, 2)} of heap a client`]),
    `loop delay p99 ${known(
      medianOver(rounds, ({ driver }) => driver.loopDelayP99Ms),
      duration,
    )}`,
  ];
}

/** How many rounds, how far they spread, and what else the machine did. */
export function roundParts(all: readonly Round[], valid: readonly Round[]): string[] {
  const p50s = all.map(({ latency, valid: counts }) =>
    counts ? figure(latency.p50Ms) : `(${figure(latency.p50Ms)})`,
  );
  const others = medianOver(valid, ({ host }) => (host.otherCores === null ? null : host.otherCores * 100));
  const steal = medianOver(valid, ({ host }) => (host.stealCores === null ? null : host.stealCores * 100));
  return [
    `${valid.length} of ${all.length} valid${valid.length > 1 ? ', figures are their medians' : ''}`,
    ...(all.every(({ latency }) => latency.samples === 0) ? [] : [`p50 of each, ms: ${p50s.join(' ')}`]),
    ...(others === undefined ? [] : [`other programs ${figure(others, 2)}% of a core`]),
    ...(steal === undefined || steal === 0 ? [] : [`hypervisor ${figure(steal, 2)}%`]),
  ];
}
