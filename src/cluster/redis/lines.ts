/** A node's connections to Redis, whichever library holds them: one to publish, one to listen, one to wait for a stream. */
export interface RedisLines {
  /** The library's own clients, for socket.io's adapters. */
  readonly publisher: object;
  readonly subscriber: object;
  /** Messages that could not be published; where nobody looks after that, none is counted. */
  readonly failures: number;
  publish(channel: string, bytes: Uint8Array, way: Way): Promise<unknown>;
  /** Resolves when everything that is published from then on is heard. */
  subscribe(channel: string, heard: (bytes: Uint8Array) => void, way: Way): Promise<void>;
  /** Adds to a stream. */
  append(stream: string, bytes: Uint8Array): Promise<unknown>;
  /** The name of a stream's newest entry. */
  newest(stream: string): Promise<string>;
  /** What follows that entry; waits a while where nothing does yet. */
  after(stream: string, entry: string): Promise<readonly StreamEntry[]>;
  close(): void;
}

/** Redis has publishing for all of a cluster, and for the shard of the channel alone. */
export type Way = 'whole' | 'sharded';

export interface StreamEntry {
  readonly id: string;
  readonly bytes: Uint8Array;
}

/** Who connects, and whether what goes wrong is looked after or left to the library. */
export interface LineSettings {
  readonly url: string;
  readonly errors: 'handled' | 'unhandled';
}

/** The one field of a stream's entries. */
export const FIELD = 'frame';
/** A stream forgets what is older than about so many entries. */
export const STREAM_ENTRIES = 10_000;
/** What a stream holds before its first entry. */
export const BEFORE_ALL = '0-0';
/** How long one reading waits for something new. */
export const BLOCK_MS = 1_000;

/** How long to wait before connecting again: soon, so that a Redis that is back is used at once. */
export function retryMs(attempt: number): number {
  return Math.min(500, 20 * 2 ** attempt);
}
