/** What the page of `rtbench demo` and its server know of each other; the page's code imports this file and nothing else of it. */

/** The transports that a demo serves, in the order of the lanes. The streaming lane has two ways, and shows one of them. */
export const DEMO_TRANSPORTS = ['polling', 'longpoll', 'streaming', 'sse', 'websocket', 'socketio'] as const;
export type DemoTransport = (typeof DEMO_TRANSPORTS)[number];

/**
 * The server has every transport on one port, under `/lane/<transport>` for the events and `/chat/<transport>` for the chat;
 * below that stands what the transport itself serves (`/lane/polling/session`, `/lane/websocket/ws`, `/chat/socketio/socket.io/`).
 * Browsers reach it through the relay, which has a port for each transport: so bytes can be told apart and the network can be cut.
 */
export const PLACES = ['lane', 'chat'] as const;
export type Place = (typeof PLACES)[number];

/** One event as every lane gets it: JSON, padded to the payload's size. */
export interface News {
  /** Counted from 1, over restarts of the server too. */
  readonly n: number;
  /** When it was published, in milliseconds since 1970 by the server's clock. */
  readonly atMs: number;
  /** Which lane's visitor said it; absent where it is the demo's own. */
  readonly from?: DemoTransport;
  readonly text: string;
}

/** What the controls set. */
export interface DemoSettings {
  /** 0 for none. */
  readonly eventsPerSecond: number;
  readonly payloadBytes: number;
  readonly pollIntervalMs: number;
  readonly rttMs: number;
}

/** The bounds of what the controls set, for the server and the page alike. */
export const BOUNDS: Readonly<Record<keyof DemoSettings, { readonly least: number; readonly most: number }>> =
  {
    eventsPerSecond: { least: 0, most: 200 },
    payloadBytes: { least: 64, most: 16_384 },
    pollIntervalMs: { least: 100, most: 30_000 },
    rttMs: { least: 0, most: 5_000 },
  };

export const FIRST_SETTINGS: DemoSettings = {
  eventsPerSecond: 0.5,
  payloadBytes: 64,
  pollIntervalMs: 1000,
  rttMs: 0,
};

/** What one lane has cost until now, over all visitors. */
export interface LaneCount {
  /** Clients that are connected now. */
  readonly clients: number;
  readonly requests: number;
  /** Requests that were answered with nothing. */
  readonly emptyAnswers: number;
  /** What its TCP connections carried, as the relay counted it. */
  readonly bytesUp: number;
  readonly bytesDown: number;
  /** How many were opened. */
  readonly connections: number;
  /** The server's CPU, shared out by the time that it spent in each lane's code. */
  readonly cpuUs: number;
}

/** All that a page shows and does not know by itself; sent anew several times a second. */
export interface DemoState {
  /** By the server's clock, as in News. */
  readonly atMs: number;
  readonly settings: DemoSettings;
  readonly network: { readonly isCut: boolean; readonly isWebSocketBlocked: boolean };
  readonly server: 'running' | 'restarting';
  /** How often the server was started. */
  readonly starts: number;
  /** Number of the newest event. */
  readonly published: number;
  readonly visitors: number;
  readonly lanes: Readonly<Record<DemoTransport, LaneCount>>;
  readonly cluster: ClusterState;
  readonly tour: TourState | null;
}

/** Two nodes and a Redis between them. */
export interface ClusterState {
  /** Why it cannot be had, such as no redis-server here; null where it can. */
  readonly missing: string | null;
  readonly phase: 'off' | 'starting' | 'running';
  readonly hasAdapter: boolean;
  readonly redis: 'running' | 'killed';
  /** A relay's port for each node, which serves `/lane/socketio` and `/lane/websocket`; empty where it is off. Events are published on the first. */
  readonly ports: readonly number[];
  /** Number of the newest event of the cluster. */
  readonly published: number;
}

/** Where the tour is; the words are the page's own, in its language. */
export interface TourState {
  readonly chapter: TourChapter;
  /** How much of the chapter is over, from 0 to 1. */
  readonly progress: number;
}

export const TOUR_CHAPTERS = [
  'polling-wastes',
  'longpoll-waits',
  'streaming-flows',
  'websocket-both-ways',
  'socketio-recovers',
  'end',
] as const;
export type TourChapter = (typeof TOUR_CHAPTERS)[number];

/** What a page asks of the demo, over the WebSocket `/control`: JSON, one a frame. */
export type Asking =
  /** The first of all. The token is the one that was printed, where the demo can be reached from other machines. */
  | { readonly type: 'hello'; readonly token: string | null }
  /** To learn how far the clocks are apart; answered at once. */
  | { readonly type: 'clock'; readonly sentMs: number }
  /** Who may control: */
  | { readonly type: 'set'; readonly settings: Partial<DemoSettings> }
  | { readonly type: 'cut'; readonly on: boolean }
  | { readonly type: 'block-websocket'; readonly on: boolean }
  | { readonly type: 'restart-server' }
  | { readonly type: 'cluster'; readonly on: boolean; readonly hasAdapter: boolean }
  | { readonly type: 'redis'; readonly killed: boolean };

/** What the demo tells a page. */
export type Telling =
  | {
      readonly type: 'welcome';
      readonly version: string;
      readonly mayControl: boolean;
      /** The relay's port for each transport. */
      readonly ports: Readonly<Record<DemoTransport, number>>;
    }
  | { readonly type: 'state'; readonly state: DemoState }
  | { readonly type: 'clock'; readonly sentMs: number; readonly atMs: number }
  /** What was asked cannot be done, and why. */
  | { readonly type: 'refused'; readonly why: string };
