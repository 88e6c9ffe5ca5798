import type { Head } from '../../measurements.ts';
import type { ByteClass, Direction, TraceStep } from './steps.ts';

/** A client's conversation with its server, byte for byte (`rtbench/trace@1`): one, or several that are set beside each other. */
export interface Trace extends Head {
  readonly schema: 'rtbench/trace@1';
  readonly conversations: readonly Conversation[];
}

/** What one client of one transport and its server said to each other. */
export interface Conversation {
  readonly transport: string;
  /** How many TCP connections it took. */
  readonly connections: number;
  /** What happened, in the order of time at the client. */
  readonly events: readonly TraceEvent[];
  /** All that crossed, as it was, in the order of time at the client; a capture is made of it. */
  readonly pieces?: readonly Piece[];
  /** The bytes of each class by the way they went: what was taken apart. */
  readonly classes: Readonly<Record<ByteClass, Ways>>;
  /** What the relay counted, whoever took it apart; the sums of the classes are the same. */
  readonly relayed: Ways;
  /** The messages that the application was given at either end, and their bytes. */
  readonly news: { readonly messages: number; readonly bytes: number };
}

/** Bytes up and down. */
export type Ways = Readonly<Record<Direction, number>>;

/** What happens at one time. */
export type TraceEvent =
  | ({ readonly kind: 'step' } & Passing & TraceStep)
  /** A connection is opened, or one side ends it, in order or by a reset. */
  | ({ readonly kind: 'opened' | 'ended' | 'reset' } & Passing & { readonly way: Direction })
  /** The story's own word: a fault begins, the client notices, a message was handed over. */
  | { readonly kind: 'told'; readonly atMs: number; readonly text: string; readonly isFault?: true };

/** What one side of a connection sent in one go. */
export interface Piece extends Passing {
  readonly way: Direction;
  readonly base64: string;
}

/** When something was sent and when it arrived, from the conversation's beginning; apart by the distance. */
export interface Passing {
  /** Which of the client's TCP connections, counted from 1. */
  readonly connection: number;
  readonly sentMs: number;
  readonly arrivedMs: number;
  /** It never arrived: it vanished on the way. */
  readonly isLost?: true;
}
