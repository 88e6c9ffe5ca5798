import type { Message } from '../../../contracts.ts';

/** What a decoder tells. */
export interface Heard {
  session(id: string): void;
  message(message: Message): void;
}

/** Reads one stream. */
export interface Decoder {
  feed(part: Buffer): void;
  /** What to resume after. */
  readonly cursor: string | undefined;
}
