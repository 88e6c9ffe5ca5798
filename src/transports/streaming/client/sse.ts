import { StringDecoder } from 'node:string_decoder';
import { createParser, type EventSourceMessage, type EventSourceParser } from 'eventsource-parser';
import type { Decoder, Heard } from './decoder.ts';

/** Reads server-sent events from the parts of a stream, wherever the parts are cut. */
export class SseDecoder implements Decoder {
  /** Id of the last event. */
  cursor: string | undefined;
  readonly #heard: Heard;
  readonly #text = new StringDecoder('utf8');
  readonly #parser: EventSourceParser;

  constructor(heard: Heard) {
    this.#heard = heard;
    this.#parser = createParser({ onEvent: (event) => this.#read(event) });
  }

  feed(part: Buffer): void {
    this.#parser.feed(this.#text.write(part));
  }

  #read({ event, id, data }: EventSourceMessage): void {
    if (id !== undefined) this.cursor = id;
    if (event === undefined) this.#heard.message(data);
    else if (event === 'json') this.#heard.message(JSON.parse(data));
    else if (event === 'binary') this.#heard.message(Buffer.from(data, 'base64'));
    else if (event === 'session') this.#heard.session(data);
  }
}
