/** What a byte on the wire is there for; each byte is of exactly one class. */
export const BYTE_CLASSES = ['handshake', 'header', 'framing', 'payload', 'heartbeat'] as const;
export type ByteClass = (typeof BYTE_CLASSES)[number];

/** From the client to the server, or back. */
export type Direction = 'up' | 'down';

/** Something that a run of bytes says: a header's field, the bits of a frame's first byte. */
export interface Note {
  readonly name: string;
  readonly value: string;
  /** What it means, or how it follows; empty where the name says it. */
  readonly why: string;
}

/** A run of bytes that belong together. */
export interface Part {
  readonly class: ByteClass;
  /** What it is, in a few words: `chunk size`, `frame header`. */
  readonly label: string;
  readonly bytes: number;
  /** The bytes as they can be printed: text with what is no letter escaped, anything else in hex; long ones are cut short. */
  readonly text: string;
  readonly notes: readonly Note[];
}

/** One arrow between client and server: a request, an answer's head, a chunk, a frame. Its parts in their order are all its bytes. */
export interface TraceStep {
  readonly way: Direction;
  /** What it is, in one line: `GET /session/abc/3`, `text frame`. */
  readonly title: string;
  /** What happens here and why, for somebody who sees it for the first time; empty where the title says it. */
  readonly why: string;
  readonly parts: readonly Part[];
}
