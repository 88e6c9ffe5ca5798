import type { Arrow } from './heights.ts';

/** A stretch in which the server owes an answer, or keeps a stream open. */
export interface Held {
  readonly connection: number;
  readonly fromY: number;
  readonly toY: number;
  /** Beside others that are held at the same time, counted from 0. */
  readonly lane: number;
}

/** What a server holds, and how often something has crossed on its connection since. */
interface Request {
  readonly connection: number;
  readonly fromY: number;
  toY: number;
  answers: number;
}

const REQUEST = /^(GET|POST|PUT|DELETE|OPTIONS|HEAD) /;
/** Shorter ones are no more than the answer itself. */
const LEAST = 12;

/** From each request's arrival to its answer, or to the end of its connection if that is a stream or never comes. */
export function heldOf(arrows: readonly Arrow[]): Held[] {
  const open = new Map<number, Request>();
  const all: Request[] = [];
  for (const { event, fromY, toY } of arrows) {
    // The server never heard of it.
    if (event.kind === 'step' && event.isLost) continue;
    const here = event.way === 'up' ? toY : fromY;
    if (event.kind === 'step' && event.way === 'up' && REQUEST.test(event.title)) {
      const next = { connection: event.connection, fromY: here, toY: here, answers: 0 };
      open.set(event.connection, next);
      all.push(next);
      continue;
    }
    const request = open.get(event.connection);
    if (request === undefined || (event.kind !== 'step' && request.answers === 1)) continue;
    request.toY = Math.max(request.toY, here);
    if (event.kind === 'step') request.answers += 1;
  }
  const ends: number[] = [];
  return all
    .filter((one) => one.toY - one.fromY >= LEAST)
    .map((one) => {
      const free = ends.findIndex((end) => end < one.fromY);
      const lane = free < 0 ? ends.length : free;
      ends[lane] = one.toY;
      return { connection: one.connection, fromY: one.fromY, toY: one.toY, lane };
    });
}
