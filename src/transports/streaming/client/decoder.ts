import type { Heard } from '../../http/client/heard.ts';

/** What a decoder tells. */
export interface StreamHeard extends Heard {
  session(id: string): void;
}

/** Reads one stream. */
export interface Decoder {
  /** Takes a part, lent, which lies in `bytes` from `start` to `end`; throws where it cannot be read. */
  feed(bytes: Buffer, start: number, end: number): void;
  /** What to resume after. */
  readonly cursor: string | undefined;
}

/** Makes a decoder that keeps so many bytes at most of what has not ended yet. */
export type MakeDecoder = (heard: StreamHeard, mostBytes: number) => Decoder;
