/** What stands between a client and its server: nothing, or something that does to a WebSocket's upgrade as it is called. */
export const WAYS = ['plain', 'upgrade-403', 'upgrade-200', 'upgrade-dropped'] as const;
export type WayName = (typeof WAYS)[number];

export const OUTCOMES = ['connected', 'refused', 'silent'] as const;

/** How an attempt to connect ended. */
export interface Attempt {
  /** `silent`: nothing had come of it when patience was over. */
  readonly outcome: (typeof OUTCOMES)[number];
  /** Until it had connected, or failed. */
  readonly tookMs: number;
  /** What it failed with; null where it connected. */
  readonly error: { readonly code: string; readonly message: string } | null;
}

/** One transport's attempt over one way, and what came through. */
export interface FallbackTry extends Attempt {
  readonly transport: string;
  readonly way: WayName;
  /** Until it was carried as it then stayed; null where it did not connect, or still tried for better when patience was over. */
  readonly settledMs: number | null;
  /** What the client says carries it; null where it did not connect. */
  readonly carrying: string | null;
  readonly sent: number;
  readonly delivered: number;
  /** Of the messages that were sent when it had settled, those that crossed in HTTP answers and in WebSocket frames. */
  readonly byHttp: number;
  readonly byWebSocket: number;
  /** Over all its connections, messages included. */
  readonly connections: number;
  readonly bytesUp: number;
  readonly bytesDown: number;
}

/** A client at a server that speaks another protocol, and what crossed between them. */
export interface Mismatch extends Attempt {
  readonly client: string;
  readonly server: string;
  readonly crossed: readonly Crossed[];
}

/** What one side said, as a line that can be printed, or how it ended. */
export interface Crossed {
  /** Which of the client's connections, counted from 1. */
  readonly connection: number;
  readonly way: 'up' | 'down';
  readonly atMs: number;
  readonly what: 'bytes' | 'end' | 'reset';
  readonly text: string;
}
