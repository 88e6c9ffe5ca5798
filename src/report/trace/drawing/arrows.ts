import type { Direction } from '../../../measurements/trace/steps.ts';
import type { Passing, TraceEvent } from '../../../measurements/trace/trace.ts';
import { count, duration } from '../../numbers.ts';
import { clean } from '../../words/text.ts';
import { bytesOf, isFar, LEAST_MS, LOST, type Scene, type Step, waitOf } from '../story.ts';
import { colourOf, type Lane, numberOf, type Row, rowOf, timeOf } from './lane.ts';
import { cutTo, widthOf, wrapTo } from './width.ts';

/** What stands on an arrow, and what it is drawn with. */
interface Arrow {
  readonly title: string;
  readonly size: string;
  readonly shaft: '─' | '┄';
  /** What is at its beginning, on the line of who sends. */
  readonly tail: string;
}

type Mark = Exclude<TraceEvent, { kind: 'step' | 'told' }>;

const MARKS: Readonly<Record<Mark['kind'], string>> = {
  opened: 'opens a connection',
  ended: 'ends the connection',
  reset: 'RESETS the connection',
};
/** How far from where it arrives a slanted arrow comes down. */
const SLANT_COLUMNS = 8;

/** A step's arrow. */
export function stepLines(lane: Lane, step: Step): string[] {
  const title = `${numberOf(lane, step.connection)}${clean(step.title)}`;
  const [tail, size] = [step.way === 'up' ? '├' : '┤', `${count(bytesOf(step))} B`];
  return arrowLines(lane, step, { title, size, shaft: '─', tail });
}

/** A connection that begins or ends. */
export function markLines(lane: Lane, mark: Mark): string[] {
  const [title, tail] = [
    `${numberOf(lane, mark.connection)}${MARKS[mark.kind]}`,
    mark.kind === 'reset' ? '╳' : '●',
  ];
  return arrowLines(lane, mark, { title, size: '', shaft: '┄', tail });
}

/** A note across, from the one to the other. */
export function toldLines(
  lane: Lane,
  { atMs, text }: { readonly atMs: number; readonly text: string },
): string[] {
  const [first = '', ...more] = wrapTo(clean(text), lane.inner - 6);
  const colour = lane.chalk.yellow;
  const head = `╌╌ ${first} `;
  return [
    rowOf(lane, { clientAt: timeOf(atMs), colour, text: head + '╌'.repeat(rest(lane.inner, head)) }),
    ...more.map((line) => rowOf(lane, { colour, text: `   ${line}` })),
  ];
}

/** Time that passes and nothing is on its way. */
export function gapLines(lane: Lane, scene: Scene): string[] {
  if (scene.gapMs < LEAST_MS) return [];
  const text = waitOf(scene);
  const indent = ' '.repeat(Math.max(0, Math.floor((lane.inner - widthOf(text)) / 2)));
  return [rowOf(lane, { client: '┆', text: indent + text, colour: lane.chalk.dim, server: '┆' })];
}

function arrowLines(lane: Lane, passing: Passing & { readonly way: Direction }, arrow: Arrow): string[] {
  const far = isFar(passing);
  const { connection, way, sentMs, arrivedMs } = passing;
  const colour = colourOf(lane, connection);
  const draw = (row: Row) => rowOf(lane, { colour, ...row });
  const times = [timeOf(sentMs), timeOf(arrivedMs)] as const;
  if (passing.isLost) {
    const text = lostShaft(lane.inner, way, arrow);
    if (way === 'up') return [draw({ clientAt: times[0], client: arrow.tail, text })];
    return [draw({ text, server: arrow.tail, ...(far && { serverAt: times[0] }) })];
  }
  if (!far) {
    const text = levelShaft(lane.inner, way, arrow);
    if (way === 'up') return [draw({ clientAt: times[0], client: arrow.tail, text })];
    return [draw({ clientAt: times[1], text, server: arrow.tail })];
  }
  const under = `${duration(arrivedMs - sentMs)} on the way`;
  const upper = lane.inner - SLANT_COLUMNS;
  const pad = ' '.repeat(SLANT_COLUMNS);
  if (way === 'up') {
    const second = `${' '.repeat(Math.max(0, upper - widthOf(under) - 2))}${under} ╰`;
    return [
      draw({ clientAt: times[0], client: arrow.tail, text: `${line(upper - 1, arrow)}╮` }),
      draw({ text: `${second}${arrow.shaft.repeat(SLANT_COLUMNS - 1)}▶`, serverAt: times[1] }),
    ];
  }
  return [
    draw({ text: `${pad}╭${line(upper - 1, arrow)}`, server: arrow.tail, serverAt: times[0] }),
    draw({ clientAt: times[1], text: `◀${arrow.shaft.repeat(SLANT_COLUMNS - 1)}╯ ${under}` }),
  ];
}

function levelShaft(columns: number, way: Direction, arrow: Arrow): string {
  return way === 'up' ? `${line(columns - 1, arrow)}▶` : `◀${line(columns - 1, arrow)}`;
}

/** It ends about halfway: nobody gets it. */
function lostShaft(columns: number, way: Direction, arrow: Arrow): string {
  const end = `╳ ${LOST}`;
  const most = columns - widthOf(end) - 2;
  const wanted = Math.max(Math.floor(columns / 2), widthOf(arrow.title + arrow.size) + 8);
  const shaft = line(Math.min(most, wanted), arrow);
  return way === 'up' ? shaft + end : `${' '.repeat(rest(columns, shaft + end))}${LOST} ╳${shaft}`;
}

/** A shaft of so many columns with what stands on it. */
function line(columns: number, { title, size, shaft }: Arrow): string {
  const end = size === '' ? shaft : ` ${size} ${shaft}`;
  const head = `${shaft} ${cutTo(title, columns - widthOf(end) - 4)} `;
  return head + shaft.repeat(rest(columns, head + end)) + end;
}

function rest(columns: number, text: string): number {
  return Math.max(0, columns - widthOf(text));
}
