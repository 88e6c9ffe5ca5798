import type { ChalkInstance } from 'chalk';
import type { Report } from '../measurements.ts';

/** What a writer may know of where its text goes. */
export interface Look {
  readonly columns: number;
  readonly chalk: ChalkInstance;
}

/** Makes a text, ending in a line break, out of a report and nothing else. */
export type Writer = (report: Report, look: Look) => string;
