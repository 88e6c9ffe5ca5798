import type { ResolvedScenario, Round } from '../../../measurements.ts';
import { metricOf } from '../../../stats/index.ts';
import { known, medianOver, withInterval } from '../../medians.ts';
import { figure, size } from '../../numbers.ts';
import { driverShare, memoryParts, roundParts } from './costs.ts';
import type { Fact } from './facts.ts';
import { connectParts } from './traffic.ts';

/** What clients cost that nothing is said to; the delivery is told where something came nevertheless. */
export function silentFacts(
  all: readonly Round[],
  valid: readonly Round[],
  scenario: ResolvedScenario,
): Fact[] {
  const unasked = all.reduce((sum, { delivery }) => sum + delivery.delivered, 0);
  const delivery =
    unasked === 0 ? 'nothing was due, and nothing came' : `${unasked} messages that nobody sent`;
  if (valid.length === 0) return [{ label: 'Delivery', parts: [delivery] }];
  return [
    { label: 'Delivery', parts: [delivery] },
    { label: 'Connect', parts: connectParts(valid) },
    { label: 'Bytes', parts: byteParts(valid) },
    { label: 'Requests', parts: requestParts(valid) },
    { label: 'Server CPU', parts: cpuParts(valid) },
    { label: 'Memory', parts: memoryParts(valid) },
    { label: 'Drivers', parts: driverShare(valid, scenario) },
    { label: 'Rounds', parts: roundParts(all, valid) },
  ];
}

function byteParts(rounds: readonly Round[]): string[] {
  const way = (of: (bytes: Round['bytes']) => number | null) =>
    medianOver(rounds, ({ bytes, clients, windowMs }) => {
      const amount = of(bytes);
      return amount === null ? null : (amount * 60_000) / (clients * windowMs);
    });
  const wire = way((bytes) => bytes.wire);
  const packets = way((bytes) => bytes.packets);
  return [
    `${known(
      medianOver(rounds, (round) => metricOf(round, 'appBytesPerClientMinute')),
      size,
    )} a client and minute`,
    `${known(
      way(({ appUp }) => appUp),
      size,
    )} up, ${known(
      way(({ appDown }) => appDown),
      size,
    )} down`,
    ...(wire === undefined ? [] : [`${size(wire)} on the wire in ${figure(packets, 2)} packets`]),
  ];
}

function requestParts(rounds: readonly Round[]): string[] {
  const requests = medianOver(rounds, (round) => metricOf(round, 'requestsPerClientMinute'));
  return requests === 0
    ? ['none in the window: the connection stays open']
    : [`${figure(requests, 2)} a client and minute`];
}

function cpuParts(rounds: readonly Round[]): string[] {
  const alone = medianOver(rounds, ({ server }) =>
    server.alone === null ? null : server.alone.cpuUs / server.alone.windowMs / 10,
  );
  return [
    withInterval(rounds, 'serverCpuPerClientMinuteMs', ' ms a client and minute'),
    `${withInterval(rounds, 'serverCpuPercent', '% of a core')} in all`,
    ...(alone === undefined ? [] : [`${figure(alone, 2)}% without a client`]),
  ];
}
