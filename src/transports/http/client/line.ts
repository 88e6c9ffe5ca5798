import type { ClientOptions, Message } from '../../../contracts.ts';

/** What is told of one request's answer: its parts, then its end or its failure. */
export interface Asker {
  head(status: number, type: string): void;
  /** Lends a part, which lies in `bytes` from `start` to `end`: whoever keeps it copies it. What throws here fails the request. */
  data(bytes: Buffer, start: number, end: number): void;
  end(): void;
  /** Lends the whole body: called instead of the three above wherever it came in one piece. */
  answered?(status: number, type: string, bytes: Buffer, start: number, end: number): void;
  failed(error: Error): void;
  /** The connection broke before any of the answer came, and the request is made again over another. */
  broken?(error: Error): void;
}

/** One client's own keep-alive connection: one socket, opened when first needed; one request at a time. */
export interface Line {
  /** `headers` are whole lines; `silentMs`: how long the server may be silent before it answers, where that is not the usual time. */
  get(path: string, asker: Asker, more?: { readonly headers?: string; readonly silentMs?: number }): void;
  post(path: string, message: Message, asker: Asker): void;
  delete(path: string, asker: Asker): void;
  /** How long the server may be silent from now on in the answer that it gives. */
  allow(silentMs: number): void;
  /** Gives up what is under way, without a word to its asker. */
  abort(): void;
  /** Aborts, asks nothing more, and resolves when no socket is left. */
  close(): Promise<void>;
}

/** Makes a line to a URL's server; opens nothing yet. */
export type OpenLine = (url: URL, options: ClientOptions) => Line;
