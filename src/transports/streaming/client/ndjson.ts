import { Kept } from '../../http/client/kept.ts';
import type { Decoder, StreamHeard } from './decoder.ts';

const LF = 10;
const QUOTE = 34;

/** Reads lines of JSON from the parts of a stream, wherever the parts are cut. */
export class NdjsonDecoder implements Decoder {
  readonly cursor = undefined;
  readonly #heard: StreamHeard;
  /** The beginning of a line whose end is still to come. */
  readonly #begun: Kept;

  constructor(heard: StreamHeard, mostBytes: number) {
    this.#heard = heard;
    this.#begun = new Kept(mostBytes);
  }

  feed(bytes: Buffer, start: number, end: number): void {
    const part = bytes.subarray(start, end);
    let at = 0;
    for (let lf = part.indexOf(LF); lf >= 0; lf = part.indexOf(LF, at)) {
      this.#begun.add(part, at, lf);
      readLine(this.#begun.take(), this.#heard);
      at = lf + 1;
    }
    this.#begun.add(part, at, part.length);
  }
}

/** Tells what one line says. */
export function readLine(line: Buffer, heard: StreamHeard): void {
  // An empty line is a heartbeat.
  if (line.length === 0) return;
  const value = JSON.parse(line.toString());
  if (line[0] === QUOTE) heard.message(value);
  else if (typeof value?.binary === 'string') heard.message(Buffer.from(value.binary, 'base64'));
  else if (typeof value?.session === 'string') heard.session(value.session);
  else throw new Error('a line that is neither message nor session');
}
