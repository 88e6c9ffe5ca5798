import type { Part } from '../../../measurements/trace/steps.ts';
import { widthOf } from './width.ts';

/** What stands in one box of a diagram. */
interface Field {
  readonly name: string;
  readonly value: string;
}

const FRAME_HEADER = 'frame header';
const HEX = /^[0-9a-f]{2}( [0-9a-f]{2})+$/;
/** In two bytes; what follows is told in whole bytes. */
const BITS = [
  { name: 'FIN', bits: 1 },
  { name: 'RSV', bits: 3 },
  { name: 'opcode', bits: 4 },
  { name: 'MASK', bits: 1 },
  { name: 'length', bits: 7 },
] as const;
const LONGER: Readonly<Record<number, number>> = { 126: 2, 127: 8 };

/** Whether a part is a WebSocket frame's header, which says what it says in bits. */
export function isFrameHeader({ label, text }: Part): boolean {
  return label === FRAME_HEADER && HEX.test(text);
}

/** A frame header's bits in boxes with their names, and as much of what follows them as has room. */
export function bitLines({ text }: Part, columns: number): string[] {
  const fields = fieldsOf(text.split(' '));
  for (let many = fields.length; many >= BITS.length; many -= 1) {
    const lines = boxLines(fields.slice(0, many));
    if (lines.every((line) => widthOf(line) <= columns)) return lines;
  }
  return [];
}

function boxLines(fields: readonly Field[]): string[] {
  const widths = fields.map(({ name, value }) => Math.max(name.length, value.length) + 2);
  const edge = (left: string, between: string, right: string) =>
    left + widths.map((width) => '─'.repeat(width)).join(between) + right;
  const row = (texts: readonly string[]) =>
    `│${texts.map((one, at) => centred(one, widths[at] ?? 0)).join('│')}│`;
  return [
    edge('┌', '┬', '┐'),
    row(fields.map(({ value }) => value)),
    row(fields.map(({ name }) => name)),
    edge('└', '┴', '┘'),
  ];
}

function fieldsOf(bytes: readonly string[]): Field[] {
  const all = bytes
    .slice(0, 2)
    .map((byte) => Number.parseInt(byte, 16).toString(2).padStart(8, '0'))
    .join('');
  let from = 0;
  const fields: Field[] = BITS.map(({ name, bits }) => {
    from += bits;
    return { name, value: all.slice(from - bits, from) };
  });
  const more = LONGER[Number.parseInt(all.slice(9), 2)] ?? 0;
  const rest = [
    { name: 'its true length', value: bytes.slice(2, 2 + more).join(' ') },
    { name: 'masking key', value: bytes.slice(2 + more).join(' ') },
  ];
  return [...fields, ...rest.filter(({ value }) => value !== '')];
}

function centred(text: string, columns: number): string {
  const room = columns - text.length;
  return ' '.repeat(Math.floor(room / 2)) + text + ' '.repeat(Math.ceil(room / 2));
}
