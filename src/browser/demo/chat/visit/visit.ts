import type { DemoTransport } from '../../../../demo-talk.ts';
import type { Client } from '../../clients/client.ts';
import { emptyRoom, hear, linesOf, type Remark, type Room, withRemark } from './room.ts';
import { type Asking, readTelling, type Telling } from './talk.ts';
import { type Refusal, readRefusal } from './why.ts';

/** Who wants in where, and by which way. */
export interface Wish {
  readonly name: string;
  readonly room: string;
  readonly transport: DemoTransport;
}

/** On the way in, in the room, on the way back after a cut, or not in. */
export type Presence = 'joining' | 'in' | 'returning' | 'out';

/** What a visit needs of a browser's connection, which comes back by itself after a cut. */
export type Connect = (transport: DemoTransport, hearing: Hearing) => Client;
export interface Hearing {
  /** Connected, for the first time or again. */
  open(): void;
  lost(): void;
  message(text: string): void;
}

/** What the page does about a visit. */
export interface Visited {
  changed(): void;
  /** Not let in, or `text` was not taken. */
  refused(refusal: Refusal, text: string | null): void;
  /** Something was said, by this visitor so long ago; null where somebody else said it. */
  heard(tookMs: number | null): void;
}

/** When somebody asks anew to be let in: a cut may have swallowed the question, or the name is still the cut connection's. */
const ASK_AGAIN_MS = 2000;
/** A name that is held longer than this is somebody else's by now. */
const NAME_HELD_MS = 60_000;
const LEAVE_MS = 1000;

/** One visitor's stay in a room: comes in, comes back after every cut, and goes on by another transport if asked to. */
export class Visit {
  wish: Wish;
  presence: Presence = 'joining';
  room: Room;
  readonly #connect: Connect;
  readonly #visited: Visited;
  readonly #asked = new Map<number, Asking>();
  /** What was said here and not heard yet. */
  readonly #unheard = new Map<number, { readonly text: string; readonly atMs: number }>();
  #client: Client | undefined;
  #connections = 0;
  #lastId = 0;
  #awaySinceMs = 0;
  #askAgain: ReturnType<typeof setInterval> | undefined;
  #hasLeft: (() => void) | undefined;

  constructor(wish: Wish, connect: Connect, visited: Visited) {
    this.wish = wish;
    this.room = emptyRoom(wish.room, wish.name);
    this.#connect = connect;
    this.#visited = visited;
    this.#open();
  }

  /** How many own messages were not heard yet. */
  get unheard(): number {
    return this.#unheard.size;
  }

  /** Says it; answers false where the visitor is not in the room now. */
  say(text: string): boolean {
    if (this.presence !== 'in') return false;
    // It may be heard before the connection has even returned from sending it.
    this.#unheard.set(this.#lastId + 1, { text, atMs: Date.now() });
    this.#ask({ type: 'say', text });
    this.#visited.changed();
    return true;
  }

  /** Goes on by another transport, under the same name. */
  async moveTo(transport: DemoTransport): Promise<void> {
    this.wish = { ...this.wish, transport };
    await this.#goOut('returning');
    if (this.presence !== 'returning') return;
    this.#remark({ type: 'switching', to: transport });
    this.#open();
  }

  async leave(): Promise<void> {
    await this.#goOut('out');
  }

  #open(): void {
    this.#connections += 1;
    const connection = this.#connections;
    // What an old connection still has to tell is not heard.
    const ifCurrent = (act: () => void) => {
      if (connection === this.#connections) act();
    };
    this.#client = this.#connect(this.wish.transport, {
      open: () => ifCurrent(() => this.#askIn()),
      lost: () => ifCurrent(() => this.#lose()),
      message: (text) => ifCurrent(() => this.#take(readTelling(text))),
    });
  }

  /** Tells the server, waits a moment for its answer, and hangs up. */
  async #goOut(presence: 'returning' | 'out'): Promise<void> {
    const wasIn = this.presence === 'in';
    this.#become(presence);
    if (wasIn) {
      const { promise, resolve } = Promise.withResolvers<void>();
      this.#hasLeft = resolve;
      const timer = setTimeout(resolve, LEAVE_MS);
      this.#ask({ type: 'leave' });
      await promise;
      clearTimeout(timer);
    }
    this.hangUp();
  }

  /** Ends the connection at once, as a page that goes away must. */
  hangUp(): void {
    this.#connections += 1;
    this.#stopAsking();
    this.#client?.close();
    this.#client = undefined;
  }

  #lose(): void {
    this.#stopAsking();
    if (this.presence !== 'in') return;
    this.#become('returning');
    this.#remark({ type: 'lost' });
  }

  #askIn(): void {
    this.#stopAsking();
    const { name, room } = this.wish;
    const join = () => this.#ask({ type: 'join', room, name });
    this.#askAgain = setInterval(join, ASK_AGAIN_MS);
    join();
  }

  #stopAsking(): void {
    clearInterval(this.#askAgain);
    this.#askAgain = undefined;
  }

  #take(telling: Telling | undefined): void {
    if (telling === undefined) return;
    if (telling.type === 'ok') this.#accepted(telling.id);
    else if (telling.type === 'refused') this.#refused(telling.id, telling.why);
    else this.#hear(telling);
  }

  #accepted(id: number | null): void {
    const asking = this.#answered(id);
    if (asking?.type === 'join') this.#enter();
    else if (asking?.type === 'leave') this.#hasLeft?.();
  }

  #refused(id: number | null, why: string): void {
    const asking = this.#answered(id);
    const refusal = readRefusal(why);
    if (asking?.type === 'leave') this.#hasLeft?.();
    else if (asking?.type !== 'join') this.#notTaken(id, refusal, asking?.text ?? null);
    else if (refusal.type === 'inside') this.#stayed();
    else if (!this.#isHeldByOldSelf(refusal)) this.#notLetIn(refusal);
  }

  #answered(id: number | null): Asking | undefined {
    const asking = this.#asked.get(id ?? 0);
    this.#asked.delete(id ?? 0);
    return asking;
  }

  #isHeldByOldSelf({ type }: Refusal): boolean {
    return type === 'taken' && this.presence === 'returning' && Date.now() - this.#awaySinceMs < NAME_HELD_MS;
  }

  #notLetIn(refusal: Refusal): void {
    this.hangUp();
    this.#become('out');
    this.#visited.refused(refusal, null);
  }

  #notTaken(id: number | null, refusal: Refusal, text: string | null): void {
    this.#unheard.delete(id ?? 0);
    // The server forgot this visitor without a word, as one that was started anew does.
    if (refusal.type === 'outside') {
      this.#become('returning');
      this.#askIn();
    }
    this.#visited.refused(refusal, text);
  }

  /** The connection is a new one and the place in the room is the old: nothing was missed. */
  #stayed(): void {
    if (this.presence === 'returning') this.#remark({ type: 'resumed' });
    this.#enter();
  }

  #enter(): void {
    this.#stopAsking();
    if (this.presence === 'joining' || this.presence === 'returning') this.#become('in');
  }

  #hear(telling: Telling): void {
    const nowMs = Date.now();
    const tookMs = this.#tookMs(telling, nowMs);
    this.room = hear(this.room, telling, nowMs, tookMs);
    if (telling.type === 'said') this.#visited.heard(tookMs);
    if (telling.type === 'welcome') this.#settle();
    this.#visited.changed();
  }

  /** How long ago this visitor said what is now heard. */
  #tookMs(telling: Telling, nowMs: number): number | null {
    if (telling.type !== 'said' || telling.name !== this.wish.name) return null;
    const found = [...this.#unheard].find(([, { text }]) => text === telling.text);
    if (found === undefined) return null;
    const [id, { atMs }] = found;
    this.#unheard.delete(id);
    return nowMs - atMs;
  }

  /** After a cut: what was said before it and is nowhere to be found is told. */
  #settle(): void {
    const mine = new Set(
      linesOf(this.room).flatMap(({ name, text }) => (name === this.wish.name ? [text] : [])),
    );
    for (const { text } of this.#unheard.values()) {
      if (!mine.has(text)) this.#remark({ type: 'unconfirmed', text });
    }
    this.#unheard.clear();
  }

  #ask(asking: Asking): number {
    this.#lastId += 1;
    this.#asked.set(this.#lastId, asking);
    this.#client?.send(JSON.stringify({ ...asking, id: this.#lastId }));
    return this.#lastId;
  }

  #remark(remark: Remark): void {
    this.room = withRemark(this.room, remark, Date.now());
    this.#visited.changed();
  }

  #become(presence: Presence): void {
    if (presence === 'returning' && this.presence !== 'returning') {
      this.#awaySinceMs = Date.now();
      this.#asked.clear();
    }
    this.presence = presence;
    this.#visited.changed();
  }
}
