import { Buffering } from '../faults/buffering.ts';
import { type Refusal, refusalOf } from '../faults/refusal.ts';
import type { Standing } from '../faults/standing.ts';
import { readAnswer, readRequest } from './heads.ts';
import { type Body, Scanner } from './scanner.ts';

/** One direction of a connection, as far as a conversation has a say in it. */
interface Outlet {
  take(bytes: Buffer): void;
  end(): void;
  lose(): void;
}

/** Both directions of a connection, and what ends it. */
interface Ways {
  readonly up: Outlet;
  readonly down: Outlet;
  readonly cut: () => void;
}

const NOTHING = Buffer.alloc(0);

/** Follows one connection's requests and answers, so that faults can tell them apart; a head passes when it is whole. */
export class Conversation {
  readonly #standing: Standing;
  readonly #ways: Ways;
  readonly #requests = new Scanner((head) => this.#asked(head));
  readonly #answers = new Scanner((head) => this.#answered(head));
  readonly #buffering: Buffering;
  /** The methods of requests whose answers have not begun, oldest first. */
  readonly #open: string[] = [];
  #upHead: Buffer = NOTHING;
  #downHead: Buffer = NOTHING;
  #refusal: Refusal | undefined;
  #isRefused = false;
  /** A WebSocket, of which nothing is read. */
  isUpgraded = false;

  constructor(standing: Standing, ways: Ways) {
    this.#standing = standing;
    this.#ways = ways;
    this.#buffering = new Buffering((bytes) => ways.down.take(bytes));
  }

  /** Takes what the client sent. */
  up(bytes: Buffer): void {
    if (this.isUpgraded) this.#ways.up.take(bytes);
    else if (this.#refusal === undefined) this.#readUp(bytes);
  }

  /** Takes what the server sent. */
  down(bytes: Buffer): void {
    if (this.isUpgraded) this.#ways.down.take(bytes);
    else if (!this.#isRefused) this.#readDown(bytes);
  }

  /** Lets go of what a fault held back. */
  release(): void {
    this.#buffering.release();
  }

  /** The client has ended: what it began to say passes as it is. */
  upEnds(): void {
    if (this.#upHead.length > 0) this.#ways.up.take(this.#upHead);
    this.#upHead = NOTHING;
  }

  /** The server has ended. */
  downEnds(): void {
    this.release();
    this.#pass(this.#downHead);
    this.#downHead = NOTHING;
  }

  #readUp(bytes: Buffer): void {
    const all = joined(this.#upHead, bytes);
    this.#upHead = NOTHING;
    let at = 0;
    for (let end = 0; at < all.length; at = end) {
      end = this.#requests.step(all, at);
      if (end === at || this.#refusal !== undefined) break;
    }
    if (at > 0) this.#ways.up.take(all.subarray(0, at));
    if (this.#refusal === undefined) this.#upHead = all.subarray(at);
    else this.#refuse();
  }

  #readDown(bytes: Buffer): void {
    const all = joined(this.#downHead, bytes);
    let passed = 0;
    let at = 0;
    for (let end = 0; at < all.length; at = end) {
      const isChunks = this.#answers.isInChunks;
      end = this.#answers.step(all, at);
      if (end === at) break;
      if (!isChunks || !this.#standing.has('buffering')) continue;
      this.#pass(all.subarray(passed, at));
      this.#buffering.keep(all.subarray(at, end));
      if (!this.#answers.isInChunks) this.#buffering.release();
      passed = end;
    }
    this.#pass(all.subarray(passed, at));
    this.#downHead = all.subarray(at);
    this.#refuse();
  }

  #pass(bytes: Buffer): void {
    if (bytes.length > 0) this.#ways.down.take(bytes);
  }

  #asked(head: string): Body {
    const { method, wantsWebSocket, body } = readRequest(head);
    if (wantsWebSocket) this.#refusal = refusalOf(this.#standing);
    if (this.#refusal === undefined) this.#open.push(method);
    return body;
  }

  #answered(head: string): Body {
    const { status, body } = readAnswer(head, this.#open[0]);
    if (status === 101) this.#upgrade();
    else if (status >= 200) this.#open.shift();
    return this.isUpgraded ? 'rest' : body;
  }

  #upgrade(): void {
    this.isUpgraded = true;
    // It was asked for just before the fault began.
    if (refusalOf(this.#standing) !== undefined) this.#ways.cut();
    this.upEnds();
  }

  /** Answers in the server's place, once the requests before have been answered. */
  #refuse(): void {
    const isDue = this.#refusal !== undefined && this.#open.length === 0 && this.#answers.isBetween;
    if (!isDue || this.#isRefused) return;
    this.#isRefused = true;
    const { down } = this.#ways;
    if (typeof this.#refusal === 'string') {
      down.take(Buffer.from(this.#refusal));
      down.end();
    } else {
      down.lose();
    }
  }
}

function joined(before: Buffer, bytes: Buffer): Buffer {
  return before.length === 0 ? bytes : Buffer.concat([before, bytes]);
}
