import type { Log } from '../http/server/log.ts';
import { type Pending, take } from '../http/server/reading.ts';
import { encodeAnswer, type Piece } from './answer.ts';

/** An answer as it goes out. */
export interface Answer {
  /** Number of its newest message. */
  readonly cursor: number;
  readonly messages: number;
  readonly headers: string[];
  readonly body: Buffer;
}

/** A stretch of one log, and the answer that it makes. */
interface Latest {
  readonly log: Log<Piece>;
  readonly start: number;
  readonly end: number;
  readonly answer: Answer;
}

/** Makes answers; keeps the latest, which the members of a room often have in common. */
export class Answers {
  readonly #limit: number;
  #latest: Latest | undefined;

  /** At most `limit` messages in an answer. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Takes what is pending for a client. */
  take(pending: Pending<Piece>): Answer {
    const [span] = pending.spans;
    if (span === undefined || pending.spans.length > 1 || pending.missed > 0) {
      return this.#make(pending);
    }
    const { log } = span.reading;
    const start = span.next;
    const end = Math.min(span.end, start + this.#limit);
    const latest = this.#latest;
    if (latest !== undefined && latest.log === log && latest.start === start && latest.end === end) {
      span.reading.give(end);
      return latest.answer;
    }
    const answer = this.#make(pending);
    this.#latest = { log, start, end, answer };
    return answer;
  }

  #make(pending: Pending<Piece>): Answer {
    const { entries, cursor } = take(pending, this.#limit);
    const pieces = entries.map((entry) => entry.form);
    const { type, body } = encodeAnswer({ cursor, missed: pending.missed }, pieces);
    return { cursor, messages: entries.length, headers: headersFor(type, body), body };
  }
}

/** The head of an answer that nobody on the way may keep. */
export function headersFor(type: string, body: Buffer): string[] {
  return ['Content-Type', type, 'Cache-Control', 'no-store', 'Content-Length', String(body.length)];
}
