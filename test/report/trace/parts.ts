import type { ByteClass, Direction, Note, Part } from '../../../src/measurements/trace/steps.ts';
import { BYTE_CLASSES } from '../../../src/measurements/trace/steps.ts';
import type { Conversation, TraceEvent } from '../../../src/measurements/trace/trace.ts';

/** A run of letters as a part tells it: what ends a line is written out. */
export function text(part: { class: ByteClass; label: string; text: string; notes?: readonly Note[] }): Part {
  const printed = part.text.replaceAll('\r', '\\r').replaceAll('\n', '\\n');
  return {
    class: part.class,
    label: part.label,
    bytes: Buffer.byteLength(part.text),
    text: printed,
    notes: part.notes ?? [],
  };
}

/** Bytes as hex. */
export function hex(of: ByteClass, label: string, bytes: readonly number[], notes: readonly Note[]): Part {
  const told = bytes.map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
  return { class: of, label, bytes: bytes.length, text: told, notes };
}

export function note(name: string, value: string, why = ''): Note {
  return { name, value, why };
}

/** A frame header's bytes, and its bits as notes. */
export function frameHeader(of: ByteClass, opcode: number, length: number, mask?: readonly number[]): Part {
  const bytes = [0x80 | opcode, (mask === undefined ? 0 : 0x80) | length, ...(mask ?? [])];
  const kind = { 1: 'text', 2: 'binary', 8: 'close', 9: 'ping', 10: 'pong' }[opcode] ?? 'unknown';
  return hex(of, 'frame header', bytes, [
    note('FIN', '1', 'the message ends here'),
    ...[1, 2, 3].map((bit) => note(`RSV${bit}`, '0', 'no extension')),
    note('opcode', opcode.toString(2).padStart(4, '0'), `${opcode}: ${kind}`),
    note('MASK', mask === undefined ? '0' : '1', `what a ${mask === undefined ? 'server' : 'client'} sends`),
    note('length', String(length), 'fits into the 7 bits'),
    ...(mask === undefined
      ? []
      : [note('masking key', 'a1 b2 c3 d4', 'each byte is XORed with one of these in turn')]),
  ]);
}

/** An HTTP head, with a note for each field. */
export function head(of: ByteClass, what: string, lines: readonly string[]): Part {
  const notes = lines.slice(1).map((line) => {
    const [name = '', value = ''] = line.split(': ');
    return note(name, value);
  });
  return text({ class: of, label: what, text: `${lines.join('\r\n')}\r\n\r\n`, notes });
}

/** Events as they come to pass; each is there half the rtt after it was sent. */
export class Script {
  readonly events: TraceEvent[] = [];
  readonly #distanceMs: number;

  constructor(rttMs = 0) {
    this.#distanceMs = rttMs / 2;
  }

  step(
    connection: number,
    way: Direction,
    sentMs: number,
    title: string,
    parts: readonly Part[],
    why = '',
  ): this {
    this.events.push({ kind: 'step', ...this.#passing(connection, sentMs), way, title, why, parts });
    return this;
  }

  mark(kind: 'opened' | 'ended' | 'reset', connection: number, sentMs: number, way: Direction = 'up'): this {
    this.events.push({ kind, ...this.#passing(connection, sentMs), way });
    return this;
  }

  /** What was said last never arrives. */
  lose(): this {
    const last = this.events.pop();
    if (last === undefined || last.kind === 'told') throw new Error('nothing was sent');
    this.events.push({ ...last, isLost: true });
    return this;
  }

  tell(atMs: number, told: string): this {
    this.events.push({ kind: 'told', atMs, text: told });
    return this;
  }

  fault(atMs: number, told: string): this {
    this.events.push({ kind: 'told', atMs, text: told, isFault: true });
    return this;
  }

  conversation(transport: string, news: Conversation['news']): Conversation {
    const steps = this.events.filter((event) => event.kind === 'step');
    const sum = (way: Direction, of?: ByteClass) =>
      steps
        .filter((step) => step.way === way)
        .flatMap(({ parts }) => parts.filter((part) => of === undefined || part.class === of))
        .reduce((total, { bytes }) => total + bytes, 0);
    const ways = (of?: ByteClass) => ({ up: sum('up', of), down: sum('down', of) });
    const [handshake, header, framing, payload, heartbeat] = BYTE_CLASSES.map(ways);
    if (!handshake || !header || !framing || !payload || !heartbeat) throw new Error('a class is missing');
    const connections = this.events.map((event) => (event.kind === 'told' ? 0 : event.connection));
    return {
      transport,
      connections: Math.max(0, ...connections),
      events: this.events,
      classes: { handshake, header, framing, payload, heartbeat },
      relayed: ways(),
      news,
    };
  }

  #passing(connection: number, sentMs: number) {
    return { connection, sentMs, arrivedMs: sentMs + this.#distanceMs };
  }
}
