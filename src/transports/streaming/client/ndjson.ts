import type { Decoder, Heard } from './decoder.ts';

const LF = 10;
const QUOTE = 34;

/** Reads lines of JSON from the parts of a stream, wherever the parts are cut. */
export class NdjsonDecoder implements Decoder {
  readonly cursor = undefined;
  readonly #heard: Heard;
  /** The beginning of a line whose end is still to come. */
  #begun: Buffer[] = [];

  constructor(heard: Heard) {
    this.#heard = heard;
  }

  feed(part: Buffer): void {
    let start = 0;
    for (let end = part.indexOf(LF); end >= 0; end = part.indexOf(LF, start)) {
      const line = part.subarray(start, end);
      start = end + 1;
      if (this.#begun.length === 0) {
        this.#read(line);
      } else {
        const whole = Buffer.concat([...this.#begun, line]);
        this.#begun = [];
        this.#read(whole);
      }
    }
    if (start < part.length) this.#begun.push(Buffer.from(part.subarray(start)));
  }

  #read(line: Buffer): void {
    // An empty line is a heartbeat.
    if (line.length === 0) return;
    const value = JSON.parse(line.toString());
    if (line[0] === QUOTE) this.#heard.message(value);
    else if (typeof value?.binary === 'string') this.#heard.message(Buffer.from(value.binary, 'base64'));
    else if (typeof value?.session === 'string') this.#heard.session(value.session);
    else throw new Error('a line that is neither message nor session');
  }
}
