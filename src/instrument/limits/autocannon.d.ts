/** The part of autocannon that rtbench uses; the package brings no types. */
declare module 'autocannon' {
  import type { EventEmitter } from 'node:events';

  interface Options {
    url: string;
    connections: number;
    /** Seconds. */
    duration: number;
    /** Milliseconds between its own samples. */
    sampleInt: number;
    /** Called for each connection before its first request. */
    setupClient?: (client: Client) => void;
  }

  interface Client {
    setRequests(requests: readonly { method: string; path: string }[]): void;
  }

  interface Result {
    errors: number;
    non2xx: number;
  }

  interface Events {
    start: [];
    response: [client: EventEmitter, statusCode: number, responseBytes: number, responseTimeMs: number];
    reqError: [error: Error];
  }

  interface Instance extends EventEmitter<Events>, Promise<Result> {
    stop(): void;
  }

  export default function autocannon(options: Options): Instance;
}
