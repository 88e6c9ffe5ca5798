import type { ByteClass } from '../../../measurements/trace/steps.ts';
import { count } from '../../numbers.ts';
import { clean, cut } from '../../words/text.ts';
import { bytesOf, type Step } from '../story.ts';
import type { Arrow, Crossing } from './heights.ts';
import type { Inks } from './inks.ts';
import { boxAt, fitting, px, strokeAlong, textAt, twoTextsAt, widthOf } from './marks.ts';

/** Between which lines arrows go, what the longest bar stands for, and whether connections have numbers. */
export interface Field {
  readonly clientX: number;
  readonly serverX: number;
  readonly mostBytes: number;
  readonly isNumbered: boolean;
  readonly inks: Inks;
}

const TEXT = 12;
const SMALL = 11;
const BAR = { height: 5, share: 0.62, least: 3 } as const;
const HEAD = { length: 9, half: 4.5 } as const;
/** Between a line and what is written beside it. */
const INDENT = 14;
const BADGE = 7.5;

/** What opens and ends is told in words. */
const MARKS = { opened: 'opens', ended: 'ends', reset: 'is reset' } as const;

/** An arrow in two parts: what is written along it must lie over the shafts of all. */
export interface Inked {
  readonly shaft: string;
  readonly words: string;
}

/** An arrow with its title along it; `place` is its place among the steps. */
export function arrowOf(arrow: Arrow, field: Field, place: number): Inked {
  const { event, fromY, toY } = arrow;
  const { clientX, serverX } = field;
  const isUp = event.way === 'up';
  const span = serverX - clientX;
  const length = Math.hypot(span, toY - fromY);
  const angle = (Math.atan2(toY - fromY, span) * 180) / Math.PI;
  const origin = `translate(${px(isUp ? clientX : serverX)} ${px(fromY)}) rotate(${px(isUp ? angle : -angle)})`;
  const words = event.kind === 'step' ? stepMarks(event, field, length) : endMarks(event, field);
  const name = event.kind === 'step' ? ` class="step" data-step="${place}"` : '';
  return {
    shaft: `<g transform="${origin}">${shaftOf(event, length, field.inks).join('')}</g>`,
    words: `<g${name} transform="${origin}">${words.join('')}</g>`,
  };
}

function stepMarks(step: Step, field: Field, length: number): string[] {
  const { inks } = field;
  const sign = step.way === 'up' ? 1 : -1;
  const size = `${count(bytesOf(step))} B`;
  const indent = INDENT + (field.isNumbered ? 4 : 0);
  const room = length - 2 * INDENT - indent - widthOf(`  ${size}`, SMALL);
  const title = cut(clean(step.title), fitting(room, TEXT, 'mono'));
  const anchor = sign > 0 ? 'start' : 'end';
  return [
    // Something to point at: a line alone is too thin.
    boxAt(sign > 0 ? 0 : -length, -19, length, 24, inks.background, ' fill-opacity="0"'),
    ...barOf(step, field, length),
    twoTextsAt(
      sign * indent,
      -7,
      [title, size],
      { size: TEXT, face: 'mono', fill: inks.text, anchor, halo: inks.background },
      { size: SMALL, fill: inks.faint },
    ),
    ...badgeOf(step, field),
  ];
}

function endMarks(event: Exclude<Crossing, Step>, field: Field): string[] {
  const { inks, isNumbered } = field;
  const sign = event.way === 'up' ? 1 : -1;
  const ink = event.kind === 'reset' ? inks.alarm : inks.faint;
  const what = isNumbered
    ? `connection ${event.connection} ${MARKS[event.kind]}`
    : `connection ${MARKS[event.kind]}`;
  return [
    textAt(sign * (INDENT + (isNumbered ? 4 : 0)), -6, event.kind === 'reset' ? `✗ ${what}` : what, {
      ...{ size: SMALL, fill: ink, halo: inks.background },
      anchor: sign > 0 ? 'start' : 'end',
    }),
    ...badgeOf(event, field),
  ];
}

/** What never arrives goes most of the way; what opens and ends is dotted. */
function shaftOf({ kind, way, isLost }: Crossing, length: number, inks: Inks): string[] {
  const sign = way === 'up' ? 1 : -1;
  const dots = kind === 'step' ? '' : ' stroke-dasharray="2 4"';
  if (isLost) {
    const end = sign * length * 0.85;
    const cross = { size: 14, fill: inks.alarm, anchor: 'middle' } as const;
    const dashes = dots === '' ? ' stroke-dasharray="6 3"' : dots;
    return [strokeAlong(`M0 0H${px(end)}`, inks.alarm, 1.2, dashes), textAt(end, 5, '✗', cross)];
  }
  const ink = { step: inks.text, opened: inks.faint, ended: inks.faint, reset: inks.alarm }[kind];
  const [tip, base] = [px(sign * length), px(sign * (length - HEAD.length))];
  return [
    strokeAlong(`M0 0H${base}`, ink, 1.2, dots),
    `<path d="M${tip} 0L${base} ${-HEAD.half}V${HEAD.half}Z" fill="${ink}"/>`,
  ];
}

/** The bytes as they go along the arrow, in the colours of their classes. */
function barOf(step: Step, { mostBytes, inks }: Field, length: number): string[] {
  const sign = step.way === 'up' ? 1 : -1;
  const runs: { class: ByteClass; bytes: number }[] = [];
  for (const { class: of, bytes } of step.parts) {
    const last = runs.at(-1);
    if (last?.class === of) last.bytes += bytes;
    else runs.push({ class: of, bytes });
  }
  let at = INDENT;
  return runs.map(({ class: of, bytes }) => {
    const width = Math.max(BAR.least, (bytes / mostBytes) * length * BAR.share);
    const x = sign > 0 ? at : -at - width;
    at += width;
    return boxAt(x, -BAR.height / 2, width, BAR.height, inks.classes[of]);
  });
}

function badgeOf({ connection }: Crossing, { isNumbered, inks }: Field): string[] {
  if (!isNumbered) return [];
  const type = { size: 9.5, fill: inks.text, anchor: 'middle', weight: 600 } as const;
  return [
    `<circle r="${BADGE}" fill="${inks.background}" stroke="${inks.line}"/>`,
    textAt(0, 3.4, String(connection), type),
  ];
}
