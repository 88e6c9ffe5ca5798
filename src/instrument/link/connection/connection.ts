import { connect, type Socket } from 'node:net';
import type { Standing } from '../faults/standing.ts';
import { Conversation } from '../http/conversation.ts';
import type { Crossed, Target } from '../protocol.ts';
import { Flow, type Passage, type What } from './flow.ts';
import type { Tap } from './tap.ts';

const LOOPBACK = /^127\./;

/** What a connection is made of, beside its client's socket. */
export interface Makings {
  readonly address: string;
  readonly target: Target;
  readonly up: Passage;
  readonly down: Passage;
  readonly standing: Standing;
  readonly looksIn: boolean;
  readonly crossing: Crossing;
  readonly tap: Tap | null;
}

/** What a target's connections come to, which all of them count on. */
export type Crossing = { -readonly [Key in keyof Crossed]: Crossed[Key] };

// Every far socket reads into it, one after the other; what is kept is copied.
const shared = Buffer.alloc(64 << 10);

/** One client's connection and the relay's own to the server, and what passes between them. */
export class Connection {
  readonly address: string;
  readonly #near: Socket;
  readonly #far: Socket;
  readonly #up: Flow;
  readonly #down: Flow;
  readonly #crossing: Crossing;
  readonly #tap: Tap | null;
  /** Null where nobody looks into what passes. */
  readonly #conversation: Conversation | null;

  constructor(near: Socket, { address, target, up, down, standing, looksIn, crossing, tap }: Makings) {
    this.address = address;
    this.#near = near;
    this.#far = connect({
      ...target,
      // The client's own, so that ports last as long as they do for the clients; another machine's cannot be had.
      ...(LOOPBACK.test(address) && { localAddress: address }),
      allowHalfOpen: true,
      noDelay: true,
      onread: {
        buffer: shared,
        callback: (bytes) => {
          this.#fromServer(Buffer.from(shared.subarray(0, bytes)));
          return true;
        },
      },
    });
    this.#crossing = crossing;
    this.#tap = tap;
    this.#up = new Flow(near, this.#far, up);
    this.#down = new Flow(this.#far, near, down, (what) => this.#given(what));
    const ways = { up: this.#up, down: this.#down, cut: () => this.cut() };
    this.#conversation = looksIn ? new Conversation(standing, ways) : null;
    this.#listen();
  }

  get isUpgraded(): boolean {
    return this.#conversation?.isUpgraded ?? false;
  }

  /** Both sides are told by a reset, at once; where nothing passes, that neither. */
  cut(): void {
    if (this.#up.isLost) return;
    this.#tap?.note('down', 'reset');
    this.#near.resetAndDestroy();
    this.#far.resetAndDestroy();
  }

  /** Nothing passes any more, and neither side is told. */
  lose(): void {
    this.#up.lose();
    this.#down.lose();
  }

  /** Reads nothing more from the server, or goes on. */
  stall(stalled: boolean): void {
    this.#down.stall(stalled);
  }

  /** Lets go of what was held back. */
  release(): void {
    this.#conversation?.release();
  }

  #listen(): void {
    this.#near.on('error', () => this.#tap?.note('up', 'reset'));
    this.#far.on('error', () => undefined);
    this.#near.on('data', (bytes) => this.#fromClient(bytes));
    this.#near.on('end', () => this.#clientEnds());
    this.#far.on('end', () => this.#serverEnds());
  }

  #given(what: What): void {
    this.#tap?.note('down', what);
    if (typeof what !== 'string') this.#crossing.bytesDown += what.length;
  }

  #fromClient(bytes: Buffer): void {
    this.#crossing.bytesUp += bytes.length;
    this.#tap?.note('up', bytes);
    if (this.#conversation === null) this.#up.take(bytes);
    else this.#conversation.up(bytes);
  }

  #fromServer(bytes: Buffer): void {
    if (this.#conversation === null) this.#down.take(bytes);
    else this.#conversation.down(bytes);
  }

  #clientEnds(): void {
    this.#tap?.note('up', 'end');
    this.#conversation?.upEnds();
    this.#up.end();
    // It waits for nothing that will ever come.
    if (this.#down.isLost) this.#near.end();
  }

  #serverEnds(): void {
    this.#conversation?.downEnds();
    this.#down.end();
    if (this.#up.isLost) this.#far.end();
  }
}
