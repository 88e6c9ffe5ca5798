import type { Line } from '../talk.ts';

/** What a chat knows of what was said before. */
export interface Past {
  /** Takes a message and sends it, now or when it is stored. */
  keep(said: { readonly room: string } & Line, send: () => void): void;
  /** The newest messages of a room that it has been sent, oldest first. */
  last(room: string, count: number, mostBytes: number): Promise<readonly Line[]>;
}

/** One message as it is stored: numbered in the order in which the server took them. */
export interface Saying {
  readonly number: number;
  readonly room: string;
  readonly name: string;
  readonly text: string;
  readonly atMs: number;
}

/** Where messages are kept. Whatever it throws is the store's end: it is not asked again. */
export interface Store {
  /** Keeps all of a batch. */
  add(batch: readonly Saying[]): Promise<void>;
  /** The newest of a room that have at most this number, oldest first. */
  last(room: string, count: number, upTo: number): Promise<readonly Saying[]>;
  /** CPU that adding has taken until now; null where it cannot be told from the server's other work. */
  readonly cpuUs: number | null;
}
