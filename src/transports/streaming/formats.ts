import type { Message } from '../../contracts.ts';

/** How messages stand in a stream: each a piece of the answer's body, made once for all who get it. */
export interface Format {
  readonly type: string;
  /** Whether a client that lost its stream can go on where it was. */
  readonly resumes: boolean;
  /** Says which session this stream is, and how far. */
  hello(session: string, cursor: number): string;
  encode(id: number, message: Message): Buffer;
  missed(count: number): Buffer;
  readonly heartbeat: Buffer;
}

/** One JSON value a line: a string is a text, an object is anything else. */
export const ndjson: Format = {
  type: 'application/x-ndjson',
  resumes: false,
  hello: (session) => `${JSON.stringify({ session })}\n`,
  encode: (_id, message) =>
    Buffer.from(`${JSON.stringify(typeof message === 'string' ? message : { binary: base64(message) })}\n`),
  missed: (missed) => Buffer.from(`${JSON.stringify({ missed })}\n`),
  heartbeat: Buffer.from('\n'),
};

/** Server-sent events. */
export const eventStream: Format = {
  type: 'text/event-stream',
  resumes: true,
  hello: (session, cursor) => `event: session\nid: ${cursor}\ndata: ${session}\n\n`,
  encode(id, message) {
    if (typeof message !== 'string')
      return Buffer.from(`id: ${id}\nevent: binary\ndata: ${base64(message)}\n\n`);
    // An event stream takes CR for a line's end too, and would give it back as LF.
    if (message.includes('\r'))
      return Buffer.from(`id: ${id}\nevent: json\ndata: ${JSON.stringify(message)}\n\n`);
    return Buffer.from(`id: ${id}\ndata: ${message.replaceAll('\n', '\ndata: ')}\n\n`);
  },
  missed: (count) => Buffer.from(`event: missed\ndata: ${count}\n\n`),
  heartbeat: Buffer.from(':\n\n'),
};

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}
