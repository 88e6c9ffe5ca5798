import { Kept } from '../../http/client/kept.ts';
import { endOfDigits, numberOf, standsAt } from '../../lean/plain.ts';
import type { Decoder, StreamHeard } from './decoder.ts';
import { SseDecoder } from './sse.ts';

const LF = 10;
const CR = 13;
const ID = Buffer.from('id: ');
const DATA = Buffer.from('data: ');
const EVENT_END = '\n\n';

/** Reads server-sent events without making a string of a line of text, wherever that can be. */
export class SseSkimmer implements Decoder {
  readonly #heard: StreamHeard;
  readonly #mostBytes: number;
  #cursor: number | string | undefined;
  /** The beginning of an event whose end is still to come. */
  #begun: Kept | undefined;
  /** Reads a stream whose lines may end otherwise, as soon as that shows. */
  #decoder: SseDecoder | undefined;

  constructor(heard: StreamHeard, mostBytes: number) {
    this.#heard = heard;
    this.#mostBytes = mostBytes;
  }

  get cursor(): string | undefined {
    const cursor = this.#decoder?.cursor ?? this.#cursor;
    return cursor === undefined ? undefined : String(cursor);
  }

  feed(bytes: Buffer, start: number, end: number): void {
    let at = this.#begun === undefined ? start : this.#join(this.#begun, bytes, start, end);
    while (at < end) {
      if (this.#decoder !== undefined) {
        this.#decoder.feed(bytes, at, end);
        return;
      }
      at = this.#skim(bytes, at, end) ?? this.#read(bytes, at, end);
    }
  }

  /** Where the next event begins; undefined where this one is more than a number and one line of text. */
  #skim(bytes: Buffer, start: number, end: number): number | undefined {
    if (!this.#heard.skims || !standsAt(bytes, start, end, ID)) return undefined;
    const number = start + ID.length;
    const afterNumber = endOfDigits(bytes, number, end);
    if (afterNumber === number || bytes[afterNumber] !== LF) return undefined;
    if (!standsAt(bytes, afterNumber + 1, end, DATA)) return undefined;
    const text = afterNumber + 1 + DATA.length;
    let close = text;
    while (close < end && bytes[close] !== LF && bytes[close] !== CR) close++;
    if (close === text || close + 1 >= end) return undefined;
    if (bytes[close] !== LF || bytes[close + 1] !== LF) return undefined;
    this.#cursor = numberOf(bytes, number, afterNumber);
    this.#heard.skim(bytes, text, close);
    return close + EVENT_END.length;
  }

  /** Reads an event as anyone would, or keeps what there is of it; returns where the next one begins. */
  #read(bytes: Buffer, at: number, end: number): number {
    const rest = bytes.subarray(at, end);
    const length = lengthOfEvent(rest);
    const event = rest.subarray(0, length);
    if (event.includes(CR)) {
      this.#decoder = new SseDecoder(this.#heard, this.#mostBytes);
      return at;
    }
    if (length === undefined) {
      this.#begun = new Kept(this.#mostBytes);
      this.#begun.add(event, 0, event.length);
    } else {
      const decoder = new SseDecoder(this.#heard, this.#mostBytes);
      decoder.feed(event, 0, event.length);
      this.#cursor = decoder.cursor ?? this.#cursor;
    }
    return at + event.length;
  }

  /** Completes an event that has begun, if its end is here; returns where the next one begins. */
  #join(begun: Kept, bytes: Buffer, start: number, end: number): number {
    const rest = bytes.subarray(start, end);
    const length = begun.endsWith('\n') && rest[0] === LF ? 1 : lengthOfEvent(rest);
    const part = rest.subarray(0, length);
    begun.add(part, 0, part.length);
    if (length !== undefined || part.includes(CR)) {
      this.#begun = undefined;
      const event = begun.take();
      this.feed(event, 0, event.length);
    }
    return start + part.length;
  }
}

/** How long the event is that these bytes begin with; undefined where it does not end. */
function lengthOfEvent(bytes: Buffer): number | undefined {
  const at = bytes.indexOf(EVENT_END);
  return at < 0 ? undefined : at + EVENT_END.length;
}
