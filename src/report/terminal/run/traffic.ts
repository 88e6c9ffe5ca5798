import type { Latency, Round } from '../../../measurements.ts';
import { metricOf } from '../../../stats/index.ts';
import { known, medianOver } from '../../medians.ts';
import { count, duration, figure, percentage, plain, size } from '../../numbers.ts';
import { counted } from '../../words/text.ts';

/** What became of the messages, in all rounds together. */
export function deliveryParts(rounds: readonly Round[]): string[] {
  const total = (of: (delivery: Round['delivery']) => number) =>
    count(rounds.reduce((sum, { delivery }) => sum + of(delivery), 0));
  return [
    `${total(({ published }) => published)} published`,
    `${total(({ expected }) => expected)} deliveries expected`,
    `${total(({ delivered }) => delivered)} delivered`,
    ...(rounds.some(({ delivery }) => delivery.conflated > 0)
      ? [`${total(({ conflated }) => conflated)} conflated`]
      : []),
    `${total(({ lost }) => lost)} lost`,
    `${total(({ duplicated }) => duplicated)} duplicated`,
    `${total(({ reordered }) => reordered)} reordered`,
  ];
}

/** For how long clients did not know the newest value; empty where values do not replace each other. */
export function stalenessParts(rounds: readonly Round[]): string[] {
  if (rounds.every(({ staleness }) => staleness === null)) return [];
  const each = (of: (staleness: Latency) => number | null) =>
    known(
      medianOver(rounds, ({ staleness }) => (staleness === null ? null : of(staleness))),
      duration,
    );
  return [
    `p50 ${each(({ p50Ms }) => p50Ms)}`,
    `p99 ${each(({ p99Ms }) => p99Ms)}`,
    `at most ${each(({ maxMs }) => maxMs)} without the newest value`,
  ];
}

/** What came over each channel, the first one first; empty where there are none. */
export function channelParts(rounds: readonly Round[]): string[] {
  const [{ channels, connectionsPerClient } = { channels: null, connectionsPerClient: 1 }] = rounds;
  if (channels === null) return [];
  const parts = channels.map((_, index) => {
    const of = (what: 'delivered' | 'p50Ms' | 'p99Ms') =>
      medianOver(rounds, (round) => round.channels?.[index]?.[what] ?? null);
    const latency = `p50 ${known(of('p50Ms'), duration)}, p99 ${known(of('p99Ms'), duration)}`;
    return `${index}: ${known(of('delivered'), count)} delivered, ${latency}`;
  });
  return [`${counted(connectionsPerClient, 'connection')} a client`, ...parts];
}

/** How the clients came in, and what one of them cost. */
export function connectParts(rounds: readonly Round[]): string[] {
  const clients = medianOver(rounds, (round) => round.clients);
  const each = (of: (cost: Round['connect']) => number | null) =>
    medianOver(rounds, (round) => {
      const amount = of(round.connect);
      return amount === null || round.clients === 0 ? null : amount / round.clients;
    });
  const wire = each((connect) => connect.wire);
  return [
    `p50 ${known(
      medianOver(rounds, ({ connect }) => connect.p50Ms),
      duration,
    )}`,
    `p99 ${known(
      medianOver(rounds, ({ connect }) => connect.p99Ms),
      duration,
    )}`,
    `all ${known(clients, count)} within ${known(
      medianOver(rounds, ({ connect }) => connect.totalMs),
      duration,
    )}`,
    `a client costs ${known(
      each(({ bytesUp }) => bytesUp),
      size,
    )} up, ${known(
      each(({ bytesDown }) => bytesDown),
      size,
    )} down`,
    ...(wire === undefined
      ? []
      : [
          `${size(wire)} on the wire in ${known(
            each(({ packets }) => packets),
            plain,
          )} packets`,
        ]),
    `${figure(each(({ serverCpuUs }) => serverCpuUs))} µs of server CPU each`,
  ];
}

/** What the sockets carried for one message. */
export function byteParts(rounds: readonly Round[]): string[] {
  const each = (of: (bytes: Round['bytes']) => number) =>
    known(
      medianOver(rounds, ({ bytes, delivery }) =>
        delivery.arrivedInWindow === 0 ? null : of(bytes) / delivery.arrivedInWindow,
      ),
      size,
    );
  const parts = [
    `${each(({ payload }) => payload)} payload`,
    `${each(({ appUp }) => appUp)} protocol up`,
    `${each(({ appDown, payload }) => appDown - payload)} protocol down`,
  ];
  const times = medianOver(rounds, (round) => metricOf(round, 'overheadRatio'));
  return [
    `${each(({ appUp, appDown }) => appUp + appDown)} a message = ${parts.join(' + ')}`,
    ...(times === undefined ? [] : [`${figure(times, 2)}× the payload`]),
  ];
}

/** How often a client asked, and how often in vain. */
export function requestParts(rounds: readonly Round[]): string[] {
  const requests = rounds.reduce((sum, round) => sum + round.requests, 0);
  const empty = rounds.reduce((sum, round) => sum + round.emptyResponses, 0);
  if (requests === 0) return ['none in the window: the connection stays open'];
  return [
    `${known(
      medianOver(rounds, (round) => metricOf(round, 'requestsPerMessage')),
      plain,
    )} a message`,
    `${percentage(empty / requests)}% of the answers empty`,
  ];
}
