import type { ClientsShare } from '../../../clients/protocol.ts';
import type { ChannelDelivery, Latency } from '../../../measurements.ts';
import { decodeHistogram, latencyOf, mergeHistograms } from '../../../stats/histogram.ts';
import type { Evidence } from '../evidence.ts';

/** How long the witnesses were without the newest value; null where no message told. */
export function stalenessOf({ stalenessHdr }: ClientsShare): Latency | null {
  return stalenessHdr === null ? null : latencyOf(decodeHistogram(stalenessHdr));
}

/** What came over each channel; null where there are none. */
export function channelsOf({ scenario, witness, drivers }: Evidence): ChannelDelivery[] | null {
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
