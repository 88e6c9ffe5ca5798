import type { Note } from '../../../contracts.ts';
import { hex } from '../../transcript/printable.ts';
import { BINARY, CLOSE, CONTINUATION, PING, PONG, TEXT } from '../opcodes.ts';
import type { Frame } from './frames.ts';

const NAMES: Readonly<Record<number, string>> = {
  [CONTINUATION]: 'continuation',
  [TEXT]: 'text',
  [BINARY]: 'binary',
  [CLOSE]: 'close',
  [PING]: 'ping',
  [PONG]: 'pong',
};

/** What kind of frame an opcode says. */
export function nameOf(opcode: number): string {
  return NAMES[opcode] ?? 'reserved';
}

/** A frame's header, bit by bit. */
export function headerNotes({ header, opcode, announced, key }: Frame): Note[] {
  const [first = 0, second] = header;
  const reserved = (first >> 4) & 0x07;
  const notes: Note[] = [
    { name: 'FIN', value: bit(first), why: first & 0x80 ? 'the message ends here' : 'more of it follows' },
    {
      name: 'RSV1-3',
      value: reserved.toString(2).padStart(3, '0'),
      why: reserved === 0 ? 'no extension is used' : 'set, though no extension was agreed on that uses it',
    },
    { name: 'opcode', value: opcode.toString(2).padStart(4, '0'), why: `${opcode}: ${nameOf(opcode)}` },
  ];
  if (second === undefined) return notes;
  const why =
    second & 0x80 ? 'masked, as all must be that a client sends' : 'not masked, as what a server sends';
  notes.push({ name: 'MASK', value: bit(second), why }, lengthNote(second & 0x7f, announced));
  if (key.length > 0)
    notes.push({ name: 'masking key', value: hex(key), why: 'each byte is XORed with one of these in turn' });
  return notes;
}

function lengthNote(short: number, announced: number): Note {
  const name = 'length';
  if (short < 126) return { name, value: String(announced), why: 'fits into the 7 bits' };
  const bits = short === 126 ? 16 : 64;
  return { name, value: String(announced), why: `${short} in the 7 bits: the length is in the next ${bits}` };
}

/** The first of eight. */
function bit(byte: number): string {
  return byte & 0x80 ? '1' : '0';
}
