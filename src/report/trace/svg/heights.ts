import type { Conversation, TraceEvent } from '../../../measurements/trace/trace.ts';
import { LEAST_MS } from '../story.ts';

/** Something that goes from one side to the other: bytes, or a connection that opens or ends. */
export type Crossing = Exclude<TraceEvent, { kind: 'told' }>;

/** An arrow and where it leaves and arrives. */
export interface Arrow {
  readonly event: Crossing;
  readonly fromY: number;
  readonly toY: number;
}

/** Something told, and its room. */
export interface Band {
  readonly lines: readonly string[];
  readonly y: number;
  readonly height: number;
  readonly atMs: number;
  readonly isFault: boolean;
}

/** Where time is left out, and how much. */
export interface Break {
  readonly y: number;
  readonly ms: number;
}

/** A conversation with a height for all that happens; time runs down. */
export interface Heights {
  readonly arrows: readonly Arrow[];
  readonly bands: readonly Band[];
  readonly breaks: readonly Break[];
  readonly height: number;
}

/** Room over an arrow, for its title. */
const TITLE = 25;
const MARK = 21;
/** Room between an arrival and what comes after it. */
const AFTER = 7;
/** How far an arrow falls at least, and where there is a distance. */
const LEAST_FALL = 5;
const FALL = 44;
const MOST_FALL = 150;
const BREAK = 30;
/** A wait that would take more room is left out. */
const MOST_WAIT = 72;
const PX_PER_MS_NEARBY = 0.2;
const BAND = { line: 16, padding: 5, gap: 8 } as const;

type Side = 'client' | 'server';
interface Moment {
  readonly atMs: number;
  readonly event: TraceEvent;
  readonly side: Side;
  readonly isArrival: boolean;
}

/** Gives all that happens its height: in order, apart enough to be read, and waiting as distance where there is room for it. */
export function heightsOf(conversation: Conversation, linesOf: (text: string) => readonly string[]): Heights {
  const pxPerMs = scaleOf(conversation);
  const sheet = new Sheet(pxPerMs);
  for (const { atMs, event, side, isArrival } of momentsOf(conversation)) {
    sheet.waitUntil(atMs);
    if (event.kind === 'told') sheet.tell(event.atMs, linesOf(event.text), event.isFault === true);
    else if (isArrival) sheet.arrive(event, side);
    else sheet.leave(event, side);
  }
  return sheet.heights(conversation.events);
}

/** Pixels a millisecond: so many that the usual way across falls well visibly. */
function scaleOf({ events }: Conversation): number {
  const transits = events.flatMap((event) => (event.kind === 'step' ? [event.arrivedMs - event.sentMs] : []));
  const usual = transits.toSorted((one, other) => one - other)[transits.length >> 1] ?? 0;
  return usual < LEAST_MS ? PX_PER_MS_NEARBY : FALL / usual;
}

/** Both ends of every arrow, and what is told, in the order of time; what leaves at one time does so in its order. */
function momentsOf({ events }: Conversation): Moment[] {
  const moments = events.flatMap((event): Moment[] => {
    if (event.kind === 'told') return [{ atMs: event.atMs, event, side: 'client', isArrival: false }];
    const [from, to] = event.way === 'up' ? (['client', 'server'] as const) : (['server', 'client'] as const);
    return [
      { atMs: event.sentMs, event, side: from, isArrival: false },
      { atMs: Math.max(event.sentMs, event.arrivedMs), event, side: to, isArrival: true },
    ];
  });
  return moments.toSorted((one, other) => one.atMs - other.atMs);
}

class Sheet {
  readonly #pxPerMs: number;
  readonly #left = new Map<Crossing, number>();
  readonly #arrived = new Map<Crossing, number>();
  readonly #bands: Band[] = [];
  readonly #breaks: Break[] = [];
  /** Where each side is, and when it was there. */
  readonly #at = { client: { y: 0, ms: 0 }, server: { y: 0, ms: 0 } };
  /** Under the lowest title. */
  #titled = 0;
  #nowMs = 0;

  constructor(pxPerMs: number) {
    this.#pxPerMs = pxPerMs;
  }

  /** Leaves out what would be too long a wait, if nothing is on its way. */
  waitUntil(atMs: number): void {
    const waitMs = atMs - this.#nowMs;
    this.#nowMs = atMs;
    if (waitMs * this.#pxPerMs <= MOST_WAIT || this.#left.size > this.#arrived.size) return;
    const y = this.#lowest();
    this.#breaks.push({ y: y + BREAK / 2, ms: waitMs });
    this.#goOn(y + BREAK, atMs);
  }

  leave(event: Crossing, side: Side): void {
    const { y, ms } = this.#at[side];
    const room = event.kind === 'step' ? TITLE : MARK;
    const waited = y + Math.min((event.sentMs - ms) * this.#pxPerMs, MOST_FALL);
    const here = Math.max(waited, y + room, this.#titled + room);
    this.#left.set(event, here);
    this.#titled = here;
    this.#at[side] = { y: here, ms: event.sentMs };
  }

  arrive(event: Crossing, side: Side): void {
    const fall = Math.min((event.arrivedMs - event.sentMs) * this.#pxPerMs, MOST_FALL);
    const here = Math.max(
      (this.#left.get(event) ?? 0) + Math.max(fall, LEAST_FALL),
      this.#at[side].y + AFTER,
    );
    this.#arrived.set(event, here);
    this.#at[side] = { y: here, ms: event.arrivedMs };
  }

  tell(atMs: number, lines: readonly string[], isFault: boolean): void {
    const y = this.#lowest() + BAND.gap;
    const height = lines.length * BAND.line + 2 * BAND.padding;
    this.#bands.push({ lines, y, height, atMs, isFault });
    this.#goOn(y + height, atMs);
  }

  heights(events: readonly TraceEvent[]): Heights {
    const arrows = events.flatMap((event) => {
      if (event.kind === 'told') return [];
      return [{ event, fromY: this.#left.get(event) ?? 0, toY: this.#arrived.get(event) ?? 0 }];
    });
    return { arrows, bands: this.#bands, breaks: this.#breaks, height: this.#lowest() + TITLE };
  }

  #lowest(): number {
    return Math.max(this.#at.client.y, this.#at.server.y, this.#titled);
  }

  #goOn(y: number, ms: number): void {
    this.#at.client = { y, ms };
    this.#at.server = { y, ms };
    this.#titled = y;
  }
}
