import type { Round } from '../../../measurements.ts';
import { metricOf } from '../../../stats/index.ts';
import { ledgerOf, medianOver } from '../../medians.ts';
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
  const entries = entriesOf(rounds);
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

function entriesOf(rounds: readonly Round[]): Entry[] {
  const arrived = ({ delivery }: Round) => delivery.arrivedInWindow;
  const { payload, protocolUp, protocolDown, tcpIp } = ledgerOf(rounds, arrived);
  const packets = medianOver(rounds, (round) => metricOf(round, 'packetsPerMessage'));
  const told = [
    { what: 'payload', bytes: payload, glyph: '█', colour: 'cyan' },
    { what: 'protocol up', bytes: protocolUp, glyph: '▓', colour: 'blue' },
    { what: 'protocol down', bytes: protocolDown, glyph: '▒', colour: 'magenta' },
    { what: `TCP/IP in ${plain(packets ?? 0)} packets`, bytes: tcpIp ?? 0, glyph: '░', colour: 'gray' },
  ] as const;
  return told.filter(({ bytes }) => bytes > 0);
}
