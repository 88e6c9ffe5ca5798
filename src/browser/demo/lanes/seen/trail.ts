import type { Phase } from '../../clients/client.ts';

/** How much of the past a picture shows. */
export const WINDOW_MS = 10_000;
/** Marks of one kind that are kept: more than a window holds at the highest rate. */
const MOST = 2_500;

/** A request, by this page's clock; it hangs while `endMs` is null. */
export interface Asked {
  readonly id: number;
  readonly startMs: number;
  endMs: number | null;
  /** Null where it broke off. */
  messages: number | null;
  /** What carried it. */
  readonly carrying: string;
}

/** A message that landed. */
export interface Landed {
  readonly publishedMs: number;
  readonly landedMs: number;
  /** Said over this lane. */
  readonly isOwn: boolean;
}

/** How a connection was from then on. */
export interface Stretch {
  readonly startMs: number;
  readonly phase: Phase;
  readonly carrying: string;
}

/** What one lane's picture is drawn from: the last seconds, bounded. */
export class Trail {
  readonly requests: Asked[] = [];
  readonly messages: Landed[] = [];
  readonly said: number[] = [];
  readonly stretches: Stretch[] = [];

  asked(id: number, carrying: string, nowMs: number): void {
    keep(this.requests, { id, startMs: nowMs, endMs: null, messages: null, carrying });
  }

  answered(id: number, messages: number | null, nowMs: number): void {
    const request = this.requests.findLast((one) => one.id === id && one.endMs === null);
    if (request === undefined) return;
    request.endMs = nowMs;
    request.messages = messages;
  }

  landed(message: Landed): void {
    keep(this.messages, message);
  }

  spoke(nowMs: number): void {
    keep(this.said, nowMs);
  }

  turned(phase: Phase, carrying: string, nowMs: number): void {
    const now = this.stretches.at(-1);
    if (now?.phase !== phase || now.carrying !== carrying)
      keep(this.stretches, { startMs: nowMs, phase, carrying });
  }

  /** The request that hangs now. */
  get hanging(): Asked | undefined {
    return this.requests.findLast(({ endMs }) => endMs === null);
  }
}

/** Takes the oldest away seldom and many at once, which costs least. */
function keep<Mark>(marks: Mark[], mark: Mark): void {
  if (marks.push(mark) > 2 * MOST) marks.splice(0, MOST);
}
