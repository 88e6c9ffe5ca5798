import type { DemoTransport } from '../../../../demo-talk.ts';
import { seenOf } from './missed.ts';
import type { Line, Telling } from './talk.ts';
import { type Notice, readNotice } from './why.ts';

/** One line of the conversation; `key` grows, `atMs` is null where nobody told when it was. */
export type Entry = { readonly key: number; readonly atMs: number | null } & (
  | ({ readonly type: 'said'; readonly isMine: boolean; readonly source: Source } & Line & {
        /** How long an own message took to be heard here; null where it is not known. */
        readonly tookMs: number | null;
      })
  | { readonly type: 'notice'; readonly notice: Notice }
  | { readonly type: 'remark'; readonly remark: Remark }
);

/** Heard as it was said, given to a newcomer, or given to somebody who was away. */
type Source = 'live' | 'history' | 'missed';

/** What the page itself has to say about the conversation. */
export type Remark =
  | { readonly type: 'lost' }
  | { readonly type: 'switching'; readonly to: DemoTransport }
  /** Back in the room. `missed` is null where more may be missing than the history holds. */
  | { readonly type: 'back'; readonly missed: number | null }
  /** The server remembers nothing of this room: it was started anew. */
  | { readonly type: 'forgotten' }
  /** Back without having been out of the room: the transport brings what it held back. */
  | { readonly type: 'resumed' }
  | { readonly type: 'unconfirmed'; readonly text: string };

/** A room as one visitor sees it. */
export interface Room {
  readonly room: string;
  readonly name: string;
  readonly entries: readonly Entry[];
  /** `users` may be cut short; `count` never is. */
  readonly users: readonly string[];
  readonly count: number;
}

/** What a page keeps of a conversation, however long it goes on. */
export const MOST_ENTRIES = 300;

/** A room before anything was heard of it. */
export function emptyRoom(room: string, name: string): Room {
  return { room, name, entries: [], users: [], count: 0 };
}

type Fresh = Entry extends infer One ? (One extends Entry ? Omit<One, 'key'> : never) : never;

/** The room after what the server told; `tookMs` is for an own message. What is told of another room is not heard here. */
export function hear(room: Room, telling: Telling, atMs: number, tookMs: number | null = null): Room {
  if (!('room' in telling) || telling.room !== room.room) return room;
  switch (telling.type) {
    case 'welcome':
      return welcomed(room, telling.history, atMs);
    case 'users':
      return { ...room, users: telling.users, count: telling.count };
    case 'notice':
      return withEntries(room, [{ type: 'notice', atMs, notice: readNotice(telling.text) }]);
    case 'said':
      return withEntries(room, [{ ...saidBy(room, telling, 'live'), atMs, tookMs }]);
  }
}

/** The room with a remark of the page's own at its end. */
export function withRemark(room: Room, remark: Remark, atMs: number): Room {
  return withEntries(room, [{ type: 'remark', atMs, remark }]);
}

/** What was said here, as far as this visitor heard it. */
export function linesOf(room: Room): readonly Line[] {
  return room.entries.filter((entry) => entry.type === 'said');
}

/** The first welcome brings the history; every later one what was said since. */
function welcomed(room: Room, history: readonly Line[], atMs: number): Room {
  if (room.entries.length === 0)
    return withEntries(
      room,
      history.map((line) => saidBy(room, line, 'history')),
    );
  const seen = linesOf(room);
  if (history.length === 0 && seen.length > 0) return withRemark(room, { type: 'forgotten' }, atMs);
  const known = seen.length === 0 ? 0 : seenOf(history, seen);
  const missed = history.slice(known ?? 0);
  const remark: Remark = { type: 'back', missed: known === null ? null : missed.length };
  return withEntries(
    withRemark(room, remark, atMs),
    missed.map((line) => saidBy(room, line, 'missed')),
  );
}

function saidBy(room: Room, { name, text }: Line, source: Source) {
  const isMine = name === room.name;
  return { type: 'said' as const, atMs: null, name, text, isMine, source, tookMs: null };
}

function withEntries(room: Room, fresh: readonly Fresh[]): Room {
  const newest = room.entries.at(-1)?.key ?? 0;
  const keyed = fresh.map((entry, index): Entry => ({ ...entry, key: newest + index + 1 }));
  return { ...room, entries: [...room.entries, ...keyed].slice(-MOST_ENTRIES) };
}
