/** One-way latency from a message's due time; percentiles without enough samples are null. */
export interface Latency {
  readonly p50Ms: number | null;
  readonly p90Ms: number | null;
  readonly p99Ms: number | null;
  readonly p999Ms: number | null;
  readonly maxMs: number | null;
  readonly meanMs: number | null;
  readonly samples: number;
  /** HdrHistogram V2, compressed, base64; values in microseconds. */
  readonly hdr: string;
}
