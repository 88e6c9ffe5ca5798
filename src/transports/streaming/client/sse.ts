import { StringDecoder } from 'node:string_decoder';
import { createParser, type EventSourceMessage, type EventSourceParser } from 'eventsource-parser';
import type { Decoder, StreamHeard } from './decoder.ts';

/** Reads server-sent events from the parts of a stream, wherever the parts are cut. */
export class SseDecoder implements Decoder {
  /** Id of the last event. */
  cursor: string | undefined;
  readonly #heard: StreamHeard;
  readonly #text = new StringDecoder('utf8');
  readonly #parser: EventSourceParser;

  constructor(heard: StreamHeard, mostBytes: number) {
    this.#heard = heard;
    this.#parser = createParser({
      maxBufferSize: mostBytes,
      onEvent: (event) => this.#read(event),
      onError: (error) => {
        if (error.type === 'max-buffer-size-exceeded') throw error;
      },
    });
  }

  feed(bytes: Buffer, start: number, end: number): void {
    this.#parser.feed(this.#text.write(bytes.subarray(start, end)));
  }

  #read({ event, id, data }: EventSourceMessage): void {
    if (id !== undefined) this.cursor = id;
    if (event === undefined) this.#heard.message(data);
    else if (event === 'json') this.#heard.message(JSON.parse(data));
    else if (event === 'binary') this.#heard.message(Buffer.from(data, 'base64'));
    else if (event === 'session') this.#heard.session(data);
  }
}
