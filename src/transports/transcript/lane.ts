import type { Annotated, Direction, Sent } from '../../contracts.ts';
import { counted, type Item, notUnderstood, partsOf } from './runs.ts';

/** All that one side of a connection sent, as one run of bytes that knows in which pieces it came. */
export class Lane {
  readonly way: Direction;
  readonly bytes: Buffer;
  readonly #pieces: { readonly place: number; readonly end: number }[] = [];

  constructor(sent: readonly Sent[], way: Direction) {
    this.way = way;
    let end = 0;
    for (const [place, { way: other, bytes }] of sent.entries()) {
      if (other !== way || bytes.length === 0) continue;
      end += bytes.length;
      this.#pieces.push({ place, end });
    }
    this.bytes = Buffer.concat(
      sent.filter((piece) => piece.way === way).map((piece) => piece.bytes),
      end,
    );
  }

  /** What ends there, as a step. */
  step(end: number, { title, why, runs }: Item): Annotated {
    return { way: this.way, title, why, parts: partsOf(runs), piece: this.#pieceBefore(end) };
  }

  /** Where pieces end within a stretch; its own end is one. */
  ends(start: number, end: number): number[] {
    const within = this.#pieces.filter((piece) => piece.end > start && piece.end < end);
    return start < end ? [...within.map((piece) => piece.end), end] : [];
  }

  /** What is left and makes no sense, piece by piece. */
  rest(start: number, why: string): Annotated[] {
    let from = start;
    return this.ends(start, this.bytes.length).map((end) => {
      const { runs } = notUnderstood(this.bytes.subarray(from, end));
      const title = `${counted(end - from, 'byte')} not understood`;
      from = end;
      return this.step(end, { title, why, runs });
    });
  }

  #pieceBefore(end: number): number {
    let low = 0;
    let high = this.#pieces.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#pieces[middle]?.end ?? 0) < end) low = middle + 1;
      else high = middle;
    }
    return this.#pieces[low]?.place ?? 0;
  }
}

/** The steps of both ways, in the order in which they were complete. */
export function inOrder(steps: readonly Annotated[]): Annotated[] {
  return steps.toSorted((one, other) => one.piece - other.piece);
}
