import type { Entry, Log } from './log.ts';

/** One client's part of one room's log, by ordinals. */
export class Reading<Form> {
  readonly log: Log<Form>;
  /** Where the client joined. */
  readonly #start: number;
  /** Where it left. */
  #end = Number.POSITIVE_INFINITY;
  /** What the client has for certain, and what it has if the last answer arrived. */
  #acknowledged: number;
  #given: number;

  constructor(log: Log<Form>) {
    this.log = log;
    this.#start = log.end;
    this.#acknowledged = log.end;
    this.#given = log.end;
  }

  /** The client has left: what came before is still its own. */
  finish(): void {
    this.#end = this.log.end;
  }

  /** Everything before this ordinal is on its way to the client, or was told as missed. */
  give(upTo: number): void {
    this.#given = upTo;
  }

  /** The client has what it was given. */
  acknowledge(): void {
    this.#acknowledged = this.#given;
  }

  /** The client left, and has all that was its own. */
  get isOver(): boolean {
    return this.#acknowledged >= this.#end;
  }

  /** Ordinals of what a client with this cursor has still to get. */
  pending(cursor: number): Span<Form> {
    const next = Math.max(this.log.after(cursor), this.#start);
    const end = Math.min(this.log.end, this.#end);
    return { reading: this, next: Math.min(next, end), end };
  }

  /** How many the log dropped before the client had them. */
  missed(cursor: number): number {
    if (this.log.droppedId <= cursor) return 0;
    return Math.max(0, Math.min(this.log.dropped, this.#end) - this.#acknowledged);
  }
}

/** What one reading has to give: the ordinals from `next` up to `end`. */
export interface Span<Form> {
  readonly reading: Reading<Form>;
  next: number;
  readonly end: number;
}

/** What is pending over all of a client's readings. */
export interface Pending<Form> {
  readonly spans: readonly Span<Form>[];
  readonly missed: number;
}

/** Looks what a client with this cursor has still to get; undefined where that is nothing. */
export function pendingOf<Form>(
  readings: readonly Reading<Form>[],
  cursor: number,
): Pending<Form> | undefined {
  const spans: Span<Form>[] = [];
  let missed = 0;
  for (const reading of readings) {
    const lost = reading.missed(cursor);
    const span = reading.pending(cursor);
    if (lost > 0 || span.next < span.end) spans.push(span);
    missed += lost;
  }
  return spans.length > 0 ? { spans, missed } : undefined;
}

/** What a client gets, and the cursor it has then. */
export interface Taken<Form> {
  readonly entries: readonly Entry<Form>[];
  readonly cursor: number;
}

/** Takes the oldest pending messages, in the order of their publication, and notes them as given. */
export function take<Form>({ spans }: Pending<Form>, limit: number): Taken<Form> {
  const entries: Entry<Form>[] = [];
  const [only] = spans;
  if (spans.length === 1 && only !== undefined) {
    const start = only.next;
    only.next = Math.min(only.end, start + limit);
    entries.push(...only.reading.log.range(start, only.next));
  } else {
    for (let entry = next(spans); entry !== undefined; entry = next(spans)) {
      entries.push(entry);
      if (entries.length === limit) break;
    }
  }
  for (const span of spans) span.reading.give(span.next);
  // Where all that was pending is lost, the client still goes past it: so it shows that it has been told.
  const cursor = entries.at(-1)?.id ?? Math.max(...spans.map(({ reading }) => reading.log.droppedId));
  return { entries, cursor };
}

function next<Form>(spans: readonly Span<Form>[]): Entry<Form> | undefined {
  let oldest: Entry<Form> | undefined;
  let from: Span<Form> | undefined;
  for (const span of spans) {
    const entry = span.next < span.end ? span.reading.log.at(span.next) : undefined;
    if (entry === undefined || (oldest !== undefined && oldest.id < entry.id)) continue;
    oldest = entry;
    from = span;
  }
  if (from !== undefined) from.next++;
  return oldest;
}
