import { Kept } from '../../http/client/kept.ts';
import { endOfText } from '../../lean/plain.ts';
import type { Decoder, StreamHeard } from './decoder.ts';
import { readLine } from './ndjson.ts';

const LF = 10;
const QUOTE = 34;

/** Reads lines of JSON without making a string of a text, wherever that can be. */
export class NdjsonSkimmer implements Decoder {
  readonly cursor = undefined;
  readonly #heard: StreamHeard;
  readonly #mostBytes: number;
  /** The beginning of a line whose end is still to come. */
  #begun: Kept | undefined;

  constructor(heard: StreamHeard, mostBytes: number) {
    this.#heard = heard;
    this.#mostBytes = mostBytes;
  }

  feed(bytes: Buffer, start: number, end: number): void {
    let at = this.#begun === undefined ? start : this.#join(this.#begun, bytes, start, end);
    while (at < end) {
      const next = this.#skim(bytes, at, end) ?? this.#read(bytes, at, end);
      if (next === undefined) {
        this.#begun = new Kept(this.#mostBytes);
        this.#begun.add(bytes, at, end);
        return;
      }
      at = next;
    }
  }

  /** Where the next line begins; undefined where this one is no text as it was written. */
  #skim(bytes: Buffer, at: number, end: number): number | undefined {
    if (bytes[at] !== QUOTE || !this.#heard.skims) return undefined;
    const close = endOfText(bytes, at + 1, end);
    if (close < 0 || close + 1 >= end || bytes[close + 1] !== LF) return undefined;
    this.#heard.skim(bytes, at + 1, close);
    return close + 2;
  }

  /** Where the next line begins; undefined where this one does not end. */
  #read(bytes: Buffer, at: number, end: number): number | undefined {
    const rest = bytes.subarray(at, end);
    const lf = rest.indexOf(LF);
    if (lf < 0) return undefined;
    readLine(rest.subarray(0, lf), this.#heard);
    return at + lf + 1;
  }

  /** Completes a line that has begun, if its end is here; returns where the next one begins. */
  #join(begun: Kept, bytes: Buffer, start: number, end: number): number {
    const lf = bytes.subarray(start, end).indexOf(LF);
    const next = lf < 0 ? end : start + lf + 1;
    begun.add(bytes, start, next);
    if (lf >= 0) {
      this.#begun = undefined;
      const line = begun.take();
      this.feed(line, 0, line.length);
    }
    return next;
  }
}
