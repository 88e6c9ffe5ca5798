import type { Setting, Usages } from '../plan/fields/index.ts';
import type { Isolate } from '../plan/plan.ts';
import type { WrittenUntil } from '../plan/settings.ts';
import type { RunEvent } from '../run/events.ts';

type Camel<Words> = Words extends `${infer First}-${infer Rest}`
  ? `${First}${Capitalize<Camel<Rest>>}`
  : Words;
type OptionOf<Usage> = Usage extends `${infer Option} ${string}` ? Option : Usage;

/** The workload in the words of the command line's options, in camel case; values as text, or as what reads the same. */
export type WorkloadOptions = {
  readonly [S in Setting as Camel<OptionOf<Usages[S]>>]?: string | number | boolean | undefined;
};

/** What a measurement takes beside its transports. */
export interface MeasuringOptions extends WorkloadOptions, WrittenUntil {
  /** A workload by name, or the path of a .yaml file; `broadcast` if absent. */
  readonly scenario?: string | undefined;
  readonly isolate?: Isolate | undefined;
  /** Hears what the command line shows as progress. */
  readonly onEvent?: ((event: RunEvent) => void) | undefined;
  /** Ends the measurement when it is aborted; the report then has the rounds that were finished. */
  readonly signal?: AbortSignal | undefined;
}

/** What `run` takes. */
export interface RunOptions extends MeasuringOptions {
  readonly transport: string;
}

/** What `compare` takes. */
export interface CompareOptions extends MeasuringOptions {
  /** A list, or one text with commas, or `all`; one of each family if absent. */
  readonly transports?: string | readonly string[] | undefined;
}
