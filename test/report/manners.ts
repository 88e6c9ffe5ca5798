/** What one transport roughly does on two shared cores. */
export interface Manner {
  readonly latencyMs: (random: () => number) => number;
  readonly up: number;
  readonly down: number;
  readonly requests: number;
  readonly marginalUs: number;
  readonly heapPerClient: number;
  readonly connectMs: number;
}

const quick = (ms: number) => (random: () => number) =>
  ms * (0.55 + 0.9 * random() ** 2 - Math.log(1 - random()) * 0.22);

/** By transport. */
export const MANNERS: Readonly<Record<string, Manner>> = {
  polling: {
    latencyMs: (random) => 1 + 1003 * random(),
    up: 4.1,
    down: 93.4,
    requests: 0.0497,
    marginalUs: 9.1,
    heapPerClient: 4900,
    connectMs: 4.2,
  },
  longpoll: {
    latencyMs: quick(1.31),
    up: 77,
    down: 223,
    requests: 1,
    marginalUs: 34.6,
    heapPerClient: 6200,
    connectMs: 4.6,
  },
  streaming: {
    latencyMs: quick(0.96),
    up: 0.02,
    down: 73,
    requests: 0,
    marginalUs: 11.8,
    heapPerClient: 5000,
    connectMs: 4.3,
  },
  sse: {
    latencyMs: quick(0.97),
    up: 0.02,
    down: 78,
    requests: 0,
    marginalUs: 11.9,
    heapPerClient: 5050,
    connectMs: 4.3,
  },
  websocket: {
    latencyMs: quick(0.92),
    up: 0.01,
    down: 66,
    requests: 0,
    marginalUs: 9.8,
    heapPerClient: 3200,
    connectMs: 5.1,
  },
  socketio: {
    latencyMs: quick(1.0),
    up: 0.3,
    down: 76.1,
    requests: 0,
    marginalUs: 13.9,
    heapPerClient: 11300,
    connectMs: 14.4,
  },
};

/** Of a transport that is not among them. */
export const FALLBACK: Manner = {
  latencyMs: quick(1),
  up: 1,
  down: 70,
  requests: 0,
  marginalUs: 10,
  heapPerClient: 4000,
  connectMs: 5,
};
