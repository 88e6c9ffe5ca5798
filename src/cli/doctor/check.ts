/** One thing that a machine needs in order to measure well. */
export interface Check {
  readonly name: string;
  readonly ok: boolean;
  readonly value: string;
  /** What to do about it; empty where nothing needs to be done. */
  readonly advice: string;
}

/** A check whose advice only counts where it fails. */
export function check(name: string, ok: boolean, value: string, advice: string): Check {
  return { name, ok, value, advice: ok ? '' : advice };
}
