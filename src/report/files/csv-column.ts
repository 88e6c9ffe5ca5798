import type { Round } from '../../measurements.ts';

/** What a line has in a column; null is an empty cell. */
export type Cell = string | number | boolean | null;

/** A CSV column: its name as written in the first line, and what a round puts there. */
export interface CsvColumn {
  readonly name: string;
  cell(round: Round): Cell;
}
