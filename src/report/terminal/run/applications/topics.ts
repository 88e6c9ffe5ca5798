import type { Latency, Round } from '../../../../measurements.ts';
import { known, medianOver } from '../../../medians.ts';
import { count, duration } from '../../../numbers.ts';
import { counted } from '../../../words/text.ts';

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
