import type { Phase } from '../clients/client.ts';

/** The lanes in their order; streaming is either of its two ways. */
export const LANES = ['polling', 'longpoll', 'streaming', 'websocket', 'socketio'] as const;
export type LaneName = (typeof LANES)[number];

/** What there is to say about one lane at one moment. */
export interface LaneSight {
  readonly phase: Phase;
  readonly carrying: string;
  readonly asked: number;
  readonly empty: number;
  readonly received: number;
  readonly lost: number;
  /** How long its request has been waiting; null where none does. */
  readonly hangsForMs: number | null;
  readonly latencyMs: number | null;
  readonly bytesPerMessage: number | null;
}

/** Everything that the scoreboard is told from, at one moment. */
export interface Sight {
  readonly atMs: number;
  readonly eventsPerSecond: number;
  readonly isCut: boolean;
  readonly isWebSocketBlocked: boolean;
  readonly isRestarting: boolean;
  readonly lanes: Readonly<Record<LaneName, LaneSight>>;
}

/** Messages that a lane has lost. */
export type Losses = readonly (readonly [LaneName, number])[];

/** One sentence before it has words. */
export type Remark =
  | { readonly kind: 'polling-asked'; readonly asked: number; readonly messages: number }
  | { readonly kind: 'quiet'; readonly empty: number }
  | { readonly kind: 'longpoll-hangs'; readonly forMs: number }
  | { readonly kind: 'longpoll-asks'; readonly asked: number; readonly messages: number }
  | { readonly kind: 'stream-flows'; readonly messages: number }
  | { readonly kind: 'weighs'; readonly pollingBytes: number; readonly websocketBytes: number }
  | { readonly kind: 'later'; readonly pollingMs: number; readonly websocketMs: number }
  | { readonly kind: 'upgraded' | 'fell-back' | 'blocked' | 'cut' | 'mended' | 'restarting' | 'restarted' }
  | { readonly kind: 'unblocked'; readonly isSocketioPolling: boolean }
  /** Messages that the raw WebSocket lost because of a block. */
  | { readonly kind: 'block-cost'; readonly lost: number }
  /** With about how many messages were published during the cut itself. */
  | { readonly kind: 'restored'; readonly cutMs: number; readonly published: number; readonly lost: Losses };
