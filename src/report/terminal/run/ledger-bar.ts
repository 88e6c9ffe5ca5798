import type { Round } from '../../../measurements.ts';
import { medianOver } from '../../medians.ts';
import { plain } from '../../numbers.ts';
import { wrap } from '../../words/text.ts';
import type { Look } from '../../writer.ts';

/** A share of what crosses for one message. */
interface Entry {
  readonly what: string;
  readonly bytes: number;
  readonly glyph: string;
  readonly colour: 'cyan' | 'blue' | 'magenta' | 'gray';
}

const MOST_COLUMNS = 80;

/** What crosses for one message as one bar in parts, and what each part is. */
export function ledgerLines(rounds: readonly Round[], { columns, chalk }: Look): string[] {
  const entries = ledgerOf(rounds);
  const total = entries.reduce((sum, { bytes }) => sum + bytes, 0);
  if (total <= 0) return [];
  const room = Math.min(columns, MOST_COLUMNS);
  const bar = entries.map(({ glyph, colour }, index) => {
    const edge = (many: number) =>
      Math.round((entries.slice(0, many).reduce((sum, { bytes }) => sum + bytes, 0) / total) * room);
    return chalk[colour](glyph.repeat(edge(index + 1) - edge(index)));
  });
  const onWire = entries.some(({ what }) => what.startsWith('TCP/IP'))
    ? 'on the wire'
    : "at the server's sockets";
  const title = `Bytes for one message, ${plain(total)} ${onWire}`;
  const legend = entries.map(({ what, bytes, glyph }) => `${glyph} ${plain(bytes)} ${what}`);
  const shown = wrap(legend.join(' · '), columns, ' · ');
  const coloured = entries.reduce(
    (lines, { glyph, colour }) => lines.map((line) => line.replace(glyph, chalk[colour](glyph))),
    shown,
  );
  return [...wrap(title, columns), bar.join(''), ...coloured];
}

function ledgerOf(rounds: readonly Round[]): Entry[] {
  const each = (of: (round: Round) => number | null) =>
    medianOver(rounds, (round) => {
      const amount = of(round);
      const { arrivedInWindow } = round.delivery;
      return amount === null || arrivedInWindow === 0 ? null : amount / arrivedInWindow;
    });
  const tcpIp = each(({ bytes: { wire, appUp, appDown } }) =>
    wire === null ? null : wire - appUp - appDown,
  );
  const packets = each(({ bytes }) => bytes.packets);
  const told = [
    { what: 'payload', bytes: each(({ bytes }) => bytes.payload), glyph: '█', colour: 'cyan' },
    { what: 'protocol up', bytes: each(({ bytes }) => bytes.appUp), glyph: '▓', colour: 'blue' },
    {
      what: 'protocol down',
      bytes: each(({ bytes }) => bytes.appDown - bytes.payload),
      glyph: '▒',
      colour: 'magenta',
    },
    { what: `TCP/IP in ${plain(packets ?? 0)} packets`, bytes: tcpIp, glyph: '░', colour: 'gray' },
  ] as const;
  return told.flatMap((entry) => {
    const bytes = Math.max(0, entry.bytes ?? 0);
    return bytes > 0 ? [{ ...entry, bytes }] : [];
  });
}
