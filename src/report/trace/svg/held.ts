import type { Arrow } from './heights.ts';

/** A stretch in which the server owes an answer, or keeps a stream open. */
export interface Held {
  readonly connection: number;
  readonly fromY: number;
  readonly toY: number;
  /** Beside others that are held at the same time, counted from 0. */
  readonly lane: number;
}

const REQUEST = /^(GET|POST|PUT|DELETE|OPTIONS|HEAD) /;
/** Shorter ones are no more than the answer itself. */
const LEAST = 12;

/** From each request's arrival to the last that crosses before its connection's next request. */
export function heldOf(arrows: readonly Arrow[]): Held[] {
  const open = new Map<number, { fromY: number; toY: number }>();
  const all: { connection: number; fromY: number; toY: number }[] = [];
  for (const { event, fromY, toY } of arrows) {
    const here = event.way === 'up' ? toY : fromY;
    const isRequest = event.kind === 'step' && event.way === 'up' && REQUEST.test(event.title);
    const last = open.get(event.connection);
    if (last !== undefined && !isRequest) last.toY = Math.max(last.toY, here);
    if (!isRequest) continue;
    const next = { connection: event.connection, fromY: here, toY: here };
    open.set(event.connection, next);
    all.push(next);
  }
  const ends: number[] = [];
  return all
    .filter((one) => one.toY - one.fromY >= LEAST)
    .map((one) => {
      const free = ends.findIndex((end) => end < one.fromY);
      const lane = free < 0 ? ends.length : free;
      ends[lane] = one.toY;
      return { ...one, lane };
    });
}
