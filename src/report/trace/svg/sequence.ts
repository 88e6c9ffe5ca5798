import type { Conversation } from '../../../measurements/trace/trace.ts';
import { count, duration, plain } from '../../numbers.ts';
import { clean, wrap } from '../../words/text.ts';
import { bytesOf, stepsOf } from '../story.ts';
import { arrowOf, type Field } from './arrow.ts';
import { type Arrow, type Band, type Break, type Heights, heightsOf } from './heights.ts';
import { type Held, heldOf } from './held.ts';
import type { Inks } from './inks.ts';
import { boxAt, fitting, px, strokeAlong, textAt, widthOf } from './marks.ts';

/** A part of a drawing, from 0 down to its height. */
export interface Drawn {
  readonly svg: string;
  readonly height: number;
}

const TIMES = 58;
const LANE = 9;
const LANES_LEAST = 30;
const HEAD = 30;
const SMALL = 11;
const TOLD = 12;
/** Times closer than this would stand on each other. */
const TIME_GAP = 12;
const WAVES = 24;

/** The client's line and the server's, and all that goes between them. */
export function sequenceOf(conversation: Conversation, width: number, inks: Inks): Drawn {
  const steps = stepsOf(conversation);
  const room = fitting(width - TIMES - LANES_LEAST - 24, TOLD);
  const heights = heightsOf(conversation, (text) => wrap(clean(text), room));
  const held = heldOf(heights.arrows);
  const lanes = Math.max(0, ...held.map(({ lane }) => lane + 1));
  const field: Field = {
    ...{ clientX: TIMES, serverX: width - Math.max(LANES_LEAST, 14 + lanes * LANE), inks },
    mostBytes: Math.max(1, ...steps.map(bytesOf)),
    isNumbered: conversation.connections > 1,
  };
  const places = new Map(steps.map((step, place) => [step, place]));
  const arrows = heights.arrows.map((arrow) =>
    arrowOf(arrow, field, arrow.event.kind === 'step' ? (places.get(arrow.event) ?? 0) : 0),
  );
  const inside = [
    ...lifelinesOf(field, heights.height),
    ...heights.bands.map((band) => bandOf(band, field)),
    ...held.map((one) => heldBox(one, field)),
    ...timesOf(heights, field),
    ...heights.breaks.map((one) => breakOf(one, field, width)),
    ...arrows.map(({ shaft }) => shaft),
    ...arrows.map(({ words }) => words),
  ];
  const head = [headAt(field.clientX, 'client', inks), headAt(field.serverX, 'server', inks)];
  const body = `<g transform="translate(0 ${HEAD})">${inside.join('\n')}</g>`;
  return { svg: [...head, body].join('\n'), height: HEAD + heights.height };
}

function headAt(x: number, name: string, inks: Inks): string {
  const type = { size: TOLD, weight: 600, fill: inks.text, anchor: 'middle' } as const;
  return boxAt(x - 29, 4, 58, 22, inks.raised, ' rx="5"') + textAt(x, 19.5, name, type);
}

function lifelinesOf({ clientX, serverX, inks }: Field, height: number): string[] {
  return [clientX, serverX].map((x) => strokeAlong(`M${px(x)} -4V${px(height)}`, inks.line, 1.2));
}

/** What is told stands beside the client; a fault across all, in the colour of alarm. */
function bandOf({ lines, y, height, isFault }: Band, { clientX, serverX, inks }: Field): string {
  const longest = Math.max(...lines.map((line) => widthOf(line, TOLD)));
  const width = isFault ? serverX - clientX : Math.min(longest + 20, serverX - clientX);
  const type = { size: TOLD, fill: inks.text, halo: inks.raised };
  return [
    boxAt(clientX, y, width, height, inks.raised),
    boxAt(clientX, y, 3, height, isFault ? inks.alarm : inks.line),
    ...lines.map((line, at) => textAt(clientX + 12, y + 17 + at * 16, line, type)),
  ].join('');
}

function heldBox({ connection, fromY, toY, lane }: Held, { serverX, isNumbered, inks }: Field): string {
  const x = serverX + 5 + lane * LANE;
  const number = isNumbered
    ? textAt(x + 3, fromY - 3, String(connection), { size: 9, fill: inks.faint, anchor: 'middle' })
    : '';
  return boxAt(x, fromY, 6, toY - fromY, inks.held, ' rx="1.5"') + number;
}

/** The client's clock, beside what happens at the client, where there is room. */
function timesOf({ arrows, bands }: Heights, { clientX, inks }: Field): string[] {
  const moments = [...arrows.map(clientsEnd), ...bands.map(({ y, atMs }) => ({ y: y + 13, atMs }))].toSorted(
    (one, other) => one.y - other.y,
  );
  let lastY = Number.NEGATIVE_INFINITY;
  let lastText = '';
  return moments.flatMap(({ y, atMs }) => {
    const text = timeOf(atMs);
    if (y - lastY < TIME_GAP || text === lastText) return [];
    lastY = y;
    lastText = text;
    return [textAt(clientX - 12, y + 4, text, { size: SMALL, fill: inks.faint, anchor: 'end' })];
  });
}

function clientsEnd({ event, fromY, toY }: Arrow): { readonly y: number; readonly atMs: number } {
  return event.way === 'up' ? { y: fromY, atMs: event.sentMs } : { y: toY, atMs: event.arrivedMs };
}

function timeOf(ms: number): string {
  return `${ms < 10 ? plain(Math.max(0, ms), 2) : count(ms)} ms`;
}

/** Torn paper: time is left out here. */
function breakOf({ y, ms }: Break, { clientX, serverX, inks }: Field, width: number): string {
  const from = clientX - 20;
  const step = (width - from) / (2 * WAVES);
  const wave = `q${px(step / 2)} -5 ${px(step)} 0t${px(step)} 0`.repeat(WAVES);
  const back = `q-${px(step / 2)} 5 -${px(step)} 0t-${px(step)} 0`.repeat(WAVES);
  const edge = (at: number) => strokeAlong(`M${px(from)} ${px(at)}${wave}`, inks.line, 0.8);
  const text = `${duration(Math.round(ms))} pass`;
  const type = { size: SMALL, fill: inks.faint, anchor: 'middle' } as const;
  const [middle, half] = [(clientX + serverX) / 2, widthOf(text, SMALL) / 2 + 8];
  const torn = `M${px(from)} ${px(y - 4)}${wave}v8${back}Z`;
  return [
    `<path d="${torn}" fill="${inks.background}"/>`,
    ...[edge(y - 4), edge(y + 4)],
    boxAt(middle - half, y - 8, 2 * half, 16, inks.background),
    textAt(middle, y + 4, text, type),
  ].join('');
}
