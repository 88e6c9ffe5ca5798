import type { Report, Round } from '../../../measurements.ts';
import { type Ledger, ledgerOf } from '../../medians.ts';
import { figure, NONE, plain, size } from '../../numbers.ts';
import { sheetOf } from '../../sheet.ts';
import { isSilent } from '../../silence.ts';
import { counted, listed } from '../../words/text.ts';
import type { Chart } from '../chart.ts';
import {
  doubtNote,
  endsOf,
  figureAxis,
  frame,
  legendOf,
  markedNames,
  nameAxis,
  namesPx,
  ROOM,
  SIZES,
} from '../drawing/frame.ts';
import type { Palette } from '../palette.ts';
import { inkOn } from '../palette.ts';
import { type Measured, measuredOf } from './rows.ts';

/** A transport's ledger and how often it asks. */
interface Entry extends Measured {
  readonly ledger: Ledger;
  readonly total: number;
  readonly requests: number | undefined;
}

/** What the bytes are told for. */
interface Base {
  readonly of: (round: Round) => number;
  readonly unit: string;
  readonly requests: 'requestsPerMessage' | 'requestsPerClientMinute';
}

const PARTS = [
  ['payload', 'payload'],
  ['protocol up', 'protocolUp'],
  ['protocol down', 'protocolDown'],
  ['TCP/IP', 'tcpIp'],
] as const satisfies readonly (readonly [string, keyof Ledger])[];

const PER_MESSAGE: Base = {
  of: ({ delivery }) => delivery.arrivedInWindow,
  unit: 'per delivered message',
  requests: 'requestsPerMessage',
};
const PER_CLIENT_MINUTE: Base = {
  of: ({ clients, windowMs }) => (clients * windowMs) / 60_000,
  unit: 'per client and minute',
  requests: 'requestsPerClientMinute',
};

const ROW_PX = 40;
const TOTAL_PX = 150;
/** The share of the longest bar that a character of a figure takes. */
const CHARACTER_SHARE = 0.025;

/** What crosses for one message, or for one client's minute of silence, by what it is for. */
export function bytesCharts(report: Report): Chart[] {
  const isPerClient = isSilent(report.scenario);
  const base = isPerClient ? PER_CLIENT_MINUTE : PER_MESSAGE;
  const entries = measuredOf(report).map((row) => entryOf(row, base));
  if (entries.every(({ total }) => total === 0)) return [];
  const parts = PARTS.filter(([, key]) => entries.some(({ ledger }) => (ledger[key] ?? 0) > 0));
  const title = isPerClient ? 'What a minute of silence moves' : 'What crosses for one message';
  const hasWire = parts.some(([, key]) => key === 'tcpIp');
  return [
    {
      ...{ name: 'bytes', title, heightPx: ROOM.legend + entries.length * ROW_PX + ROOM.axis },
      summary: summaryOf(
        entries,
        isPerClient ? 'A silent minute moves' : `${size(report.scenario.payloadBytes)} of payload take`,
      ),
      note: noteOf(entries, hasWire),
      option: (palette) => optionOf(entries, parts, base, palette),
      sheets: [
        sheetOf(title, entries, [
          { group: '', name: '', rank: 0, align: 'left', text: ({ name }) => name },
          ...parts.map(([name, key]) => ({
            ...{ group: `bytes ${base.unit}`, name, rank: 1 },
            text: ({ ledger }: Entry) => figure(ledger[key]),
          })),
          {
            ...{ group: `bytes ${base.unit}`, name: 'together', rank: 1 },
            text: ({ total }) => figure(total),
            value: ({ total }) => total,
          },
          {
            ...{ group: '', name: `requests ${base.unit}`, rank: 1 },
            text: ({ requests }) => (requests === undefined ? NONE : figure(requests)),
          },
        ]),
      ],
    },
  ];
}

function entryOf(row: Measured, { of, requests }: Base): Entry {
  const ledger = ledgerOf(row.rounds, of);
  const total = PARTS.reduce((sum, [, key]) => sum + (ledger[key] ?? 0), 0);
  return { ...row, ledger, total, requests: row.metrics[requests]?.median };
}

function optionOf(
  entries: readonly Entry[],
  parts: readonly (typeof PARTS)[number][],
  base: Base,
  palette: Palette,
) {
  const names = entries.map(({ name }) => name);
  const most = Math.max(...entries.map(({ total }) => total));
  const axis = figureAxis(`bytes ${base.unit}`, endsOf([0, most]), palette);
  return {
    ...frame(palette),
    legend: legendOf(
      parts.map(([name]) => ({ name, icon: 'rect' })),
      palette,
    ),
    grid: { left: namesPx(names), right: TOTAL_PX, top: ROOM.legend, bottom: ROOM.axis },
    xAxis: axis,
    yAxis: { ...nameAxis(markedNames(entries, palette), palette), inverse: true },
    series: [
      ...parts.map((part) => partSeries(entries, part, most, palette)),
      {
        ...{ type: 'scatter', name: ' ', symbolSize: 0.01, silent: true },
        itemStyle: { opacity: 1 },
        label: { show: true, position: 'right', color: palette.text, fontSize: SIZES.small, distance: 6 },
        data: entries.map((entry, row) => ({
          value: [entry.total, row],
          label: { formatter: totalOf(entry) },
        })),
      },
    ],
  };
}

function partSeries(
  entries: readonly Entry[],
  [name, key]: (typeof PARTS)[number],
  most: number,
  palette: Palette,
): object {
  const color = palette.parts[PARTS.findIndex(([, other]) => other === key)] ?? palette.faint;
  return {
    ...{ type: 'bar', name, stack: 'bytes', barCategoryGap: '30%' },
    itemStyle: { color, borderColor: palette.background, borderWidth: 1 },
    label: { show: true, color: inkOn(color, palette), fontSize: SIZES.small },
    data: entries.map((entry) => {
      const bytes = entry.ledger[key] ?? 0;
      return {
        ...{ name: `${entry.name}: ${plain(bytes)} B`, value: bytes },
        label: hasRoom(bytes / most, plain(bytes)) ? { formatter: plain(bytes) } : { show: false },
      };
    }),
  };
}

function hasRoom(share: number, text: string): boolean {
  return share >= CHARACTER_SHARE * (text.length + 1);
}

/** `518 B · 1 request`. */
function totalOf({ total, requests }: Entry): string {
  const asked = requests === undefined || requests === 0 ? '' : ` · ${requestsOf(requests)}`;
  return `${size(total)}${asked}`;
}

function requestsOf(requests: number): string {
  const told = plain(requests, 2);
  return told === '1' ? counted(1, 'request') : `${told} requests`;
}

function noteOf(entries: readonly Entry[], hasWire: boolean): string {
  const where = hasWire ? 'by the kernel' : "at the server's sockets: TCP/IP is not among them";
  return [`Bars: medians over the valid rounds, counted ${where}`, ...doubtNote(entries)].join(' · ');
}

function summaryOf(entries: readonly Entry[], subject: string): string {
  const told = entries.map(({ prose, total }) => `${size(total)} with ${prose}`);
  return `${subject} ${listed(told)}.`;
}
