import { lowestOf } from './best.ts';

/** A small table, whatever it is printed on. */
export interface Sheet {
  /** Empty where the columns say it all. */
  readonly title: string;
  readonly columns: readonly SheetColumn[];
  readonly rows: readonly (readonly SheetCell[])[];
}

export interface SheetColumn {
  /** Neighbours of one group share a head. */
  readonly group: string;
  readonly name: string;
  /** The lower, the longer it is kept as room shrinks. */
  readonly rank: number;
  readonly align: 'left' | 'right';
}

export interface SheetCell {
  readonly text: string;
  readonly isBest: boolean;
}

/** A column, and what each subject has there. */
export interface Told<Subject> extends Omit<SheetColumn, 'align'> {
  readonly align?: SheetColumn['align'];
  text(subject: Subject): string;
  /** What the best of the column is judged by, the lowest; absent where none is. */
  value?(subject: Subject): number | null | undefined;
}

/** One row a subject. */
export function sheetOf<Subject>(
  title: string,
  subjects: readonly Subject[],
  columns: readonly Told<Subject>[],
): Sheet {
  const drawn = columns.map(({ group, name, rank, align = 'right', text, value }) => {
    const texts = subjects.map(text);
    const best = value && lowestOf(subjects.map(value), texts);
    return { column: { group, name, rank, align }, cells: texts.map((one) => cellOf(one, one === best)) };
  });
  return {
    title,
    columns: drawn.map(({ column }) => column),
    rows: subjects.map((_, row) => drawn.map(({ cells }) => cells[row] ?? cellOf(''))),
  };
}

/** The sheet without the columns of a higher rank. */
export function narrowed({ title, columns, rows }: Sheet, rank: number): Sheet {
  const isKept = (_: unknown, place: number) => (columns[place]?.rank ?? 0) <= rank;
  return { title, columns: columns.filter(isKept), rows: rows.map((cells) => cells.filter(isKept)) };
}

function cellOf(text: string, isBest = false): SheetCell {
  return { text, isBest };
}
