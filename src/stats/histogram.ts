import { decodeFromCompressedBase64, encodeIntoCompressedBase64, Int32Histogram } from 'hdr-histogram-js';
import { messageOf, RtbenchError } from '../errors.ts';
import type { Latency } from '../measurements.ts';

const WORD_BITS = 32;
const SIGNIFICANT_DIGITS = 3;
const US_PER_MS = 1000;

/** A percentile is told only where at least two samples lie beyond it. */
export const SAMPLES_NEEDED = { p50: 4, p90: 20, p99: 200, p999: 2000 } as const;

/** Latencies in microseconds to three significant digits; grows as needed, merges without loss. */
export type Histogram = Int32Histogram;

/** How many samples lie in (or are equivalent to) one step of a histogram. */
export interface Step {
  readonly lowUs: number;
  readonly highUs: number;
  readonly count: number;
}

/** At three digits a step holds one of 1024 values to either side of a power of two. */
const HALF_BITS = 10;
const HALF = 1 << HALF_BITS;

/** Finds a step by shifts, at a third of what the library's logarithms cost for each message. */
class QuickHistogram extends Int32Histogram {
  override countsArrayIndex(value: number): number {
    if (!(value >= 0 && value < 2 ** 31)) return super.countsArrayIndex(value);
    const bucket = Math.max(0, 31 - HALF_BITS - Math.clz32(value));
    return bucket * HALF + (value >>> bucket);
  }
}

/** An empty histogram. */
export function createHistogram(): Histogram {
  const histogram = new QuickHistogram(1, 2, SIGNIFICANT_DIGITS);
  histogram.autoResize = true;
  return histogram;
}

/** Records one latency; a due time rounded up may put it a fraction below zero. */
export function recordUs(histogram: Histogram, us: number): void {
  histogram.recordValue(Math.max(0, Math.round(us)));
}

/** HdrHistogram V2, compressed, as base64. */
export function encodeHistogram(histogram: Histogram): string {
  return encodeIntoCompressedBase64(histogram);
}

/** The histogram that `encodeHistogram` wrote. */
export function decodeHistogram(base64: string): Histogram {
  try {
    const decoded = decodeFromCompressedBase64(base64, WORD_BITS, false);
    // Merged rather than returned: a decoded histogram neither resizes nor has this type.
    if (decoded instanceof Int32Histogram) return mergeHistograms([decoded]);
  } catch (cause) {
    throw new RtbenchError('report', `Expected a base64 HdrHistogram V2, got one with: ${messageOf(cause)}`, {
      cause,
    });
  }
  throw new RtbenchError('report', 'Expected a base64 HdrHistogram V2');
}

/** One histogram that holds the samples of all. */
export function mergeHistograms(histograms: Iterable<Histogram>): Histogram {
  const merged = createHistogram();
  for (const histogram of histograms) if (histogram.totalCount > 0) merged.add(histogram);
  return merged;
}

/** The recorded steps, lowest first. */
export function stepsOf(histogram: Histogram): Step[] {
  const steps: Step[] = [];
  for (let index = 0; index < histogram.countsArrayLength; index++) {
    const count = histogram.getCountAtIndex(index);
    if (count === 0) continue;
    const lowUs = histogram.valueFromIndex(index);
    steps.push({ lowUs, highUs: histogram.highestEquivalentValue(lowUs), count });
  }
  return steps;
}

/** A histogram as a report tells it. */
export function latencyOf(histogram: Histogram): Latency {
  const samples = histogram.totalCount;
  const percentileMs = (percent: number, needed: number) =>
    samples >= needed ? histogram.getValueAtPercentile(percent) / US_PER_MS : null;
  return {
    p50Ms: percentileMs(50, SAMPLES_NEEDED.p50),
    p90Ms: percentileMs(90, SAMPLES_NEEDED.p90),
    p99Ms: percentileMs(99, SAMPLES_NEEDED.p99),
    p999Ms: percentileMs(99.9, SAMPLES_NEEDED.p999),
    maxMs: samples > 0 ? histogram.maxValue / US_PER_MS : null,
    meanMs: samples > 0 ? histogram.mean / US_PER_MS : null,
    samples,
    hdr: encodeHistogram(histogram),
  };
}
