import { stripVTControlCharacters } from 'node:util';
import { Chalk } from 'chalk';
import { describe, expect, test } from 'vitest';
import type { Conversation } from '../../../src/measurements/trace/trace.ts';
import { traceFormats } from '../../../src/report/index.ts';
import { HOSTILE } from '../sample.ts';
import { broken, hostile, longpoll, sampleTrace, socketio, websocket } from './sample.ts';

const PLAIN = new Chalk({ level: 0 });
const COLOURED = new Chalk({ level: 1 });

function drawn(conversations: readonly Conversation[], columns = 80, isFull = false): string[] {
  return traceFormats.table(sampleTrace(...conversations), { columns, chalk: PLAIN, isFull }).split('\n');
}

const SAMPLES: Readonly<Record<string, () => Conversation>> = {
  longpoll: () => longpoll(),
  'longpoll from afar': () => longpoll(50),
  websocket: () => websocket(),
  'websocket from afar': () => websocket(300),
  socketio: () => socketio(),
  broken,
};
const WIDTHS = [60, 80, 120, 180];

describe.each(Object.entries(SAMPLES))('the drawing of %s', (_, make) => {
  test('has an arrow with its size for each step, in order', () => {
    const lines = drawn([make()]);
    let at = 0;
    for (const event of make().events) {
      if (event.kind !== 'step') continue;
      const bytes = event.parts.reduce((sum, part) => sum + part.bytes, 0);
      const found = lines.findIndex(
        (line, place) =>
          place >= at && line.includes(` ${bytes} B ─`) && line.includes(` ${event.title.slice(0, 20)}`),
      );
      expect(found, event.title).toBeGreaterThanOrEqual(at);
      at = found + 1;
    }
  });

  test('has all that is told, and every connection that begins and ends', () => {
    const lines = drawn([make()]);
    const { events } = make();
    for (const event of events) {
      if (event.kind === 'told') expect(lines.some((line) => line.includes(event.text))).toBe(true);
    }
    const count = (what: RegExp) => lines.filter((line) => what.test(line)).length;
    expect(count(/opens a connection/)).toBe(events.filter(({ kind }) => kind === 'opened').length);
    expect(count(/ends the connection/)).toBe(events.filter(({ kind }) => kind === 'ended').length);
    expect(count(/RESETS the connection/)).toBe(events.filter(({ kind }) => kind === 'reset').length);
  });

  test.each(WIDTHS)('keeps to %i columns, with both lines straight', (columns) => {
    for (const isFull of [false, true]) {
      const lines = drawn([make()], columns, isFull);
      expect(lines.filter((line) => [...line].length > columns)).toEqual([]);
      const lane = lines.filter((line) => /^[ \d.]{8}[│├●╳┆]/.test(line));
      expect(lane.length).toBeGreaterThan(5);
      const ends = lane.map((line) => /[│┤●╳┆](?=[ \d.]*$)/.exec(line)?.index);
      expect(new Set(ends).size).toBe(1);
    }
  });

  test('sums up to what the relay counted', () => {
    const { relayed } = make();
    const total = drawn([make()]).find((line) => line.startsWith('all '));
    const figures = total?.match(/[\d,]+/g)?.map((figure) => Number(figure.replace(',', '')));
    expect(figures).toEqual([relayed.up, relayed.down, relayed.up + relayed.down]);
    expect(drawn([make()]).join(' ')).toContain('The relay counted the same.');
  });
});

test('in full it has every part of every step with all its bytes; otherwise of the first of each kind', () => {
  const frames = (isFull: boolean) =>
    drawn([websocket()], 80, isFull).filter((line) => / frame header +\d+ B /.test(line)).length;
  expect([frames(false), frames(true)]).toEqual([6, 8]);
  const whole = drawn([websocket()], 60, true).join('').replace(/[\s│]/g, '');
  for (const n of [1, 2, 3]) expect(whole).toContain(`0000000${n}0000000`.padEnd(64, '.'));
});

test("a frame's header is told bit by bit, with its mask", () => {
  const text = drawn([websocket()]).join('\n');
  expect(text).toContain('│  1  │ 000 │  0001  │  0   │ 1000000 │');
  expect(text).toContain('│  1  │ 000 │  0001  │  1   │ 0000101 │ a1 b2 c3 d4 │');
  expect(text).toContain('258EAFA5-E914-47DA-95CA-C5AB0DC85B11');
});

test('waiting is told where nothing is on its way, and distance apart from it', () => {
  const near = drawn([longpoll()]).join('\n');
  expect(near).toContain('80 ms of waiting for the answer');
  expect(near).not.toContain('on the way');
  const far = drawn([longpoll(50)]);
  expect(far.filter((line) => line.includes('25 ms on the way')).length).toBe(12);
  // Sent at 53 ms, there at 78; the answer sent at 133 is there at 158.
  expect(far.join('\n')).toMatch(/ 53\.0 ├─ GET .*\n.*▶│ 78\.0/);
  expect(far.join('\n')).toMatch(/55 ms of waiting for the answer.*\n.*┤ 133\.0\n +158\.0 │◀/);
});

test('connections are told apart by number, and by colour where there is one', () => {
  expect(drawn([socketio()]).join('\n')).toMatch(/├─ #2 probe ─.*12 B ─▶/);
  expect(drawn([websocket()]).join('\n')).not.toContain('#1');
  const trace = sampleTrace(socketio());
  const text = traceFormats.table(trace, { columns: 80, chalk: COLOURED });
  expect(text).toContain(COLOURED.magenta('├'));
  expect(stripVTControlCharacters(text).replaceAll(/ +$/gm, '')).toBe(drawn([socketio()]).join('\n'));
});

test('two conversations stand beside each other where there is room, what happens later never further up', () => {
  const both = [longpoll(), websocket()];
  const lines = drawn(both, 140);
  const starts = lines.flatMap((line, row) =>
    [line.slice(0, 8), line.slice(71, 79)]
      .filter((cell) => /^ *\d+\.\d $/.test(cell))
      .map((cell) => ({ row, ms: Number(cell) })),
  );
  expect(starts.length).toBeGreaterThan(20);
  const byTime = starts.toSorted((one, other) => one.ms - other.ms || one.row - other.row);
  expect(byTime.map(({ row }) => row)).toEqual(starts.map(({ row }) => row).toSorted((a, b) => a - b));
  expect(lines.join('\n')).toMatch(/bytes +longpoll +websocket/);
  const narrow = drawn(both, 100);
  expect(narrow.findIndex((line) => line.startsWith('WebSocket ·'))).toBeGreaterThan(
    narrow.findIndex((line) => line.includes('DELETE')),
  );
});

test('a byte that the relay did not count is shouted about', () => {
  const one = websocket();
  const wrong = { ...one, relayed: { ...one.relayed, up: one.relayed.up + 1 } };
  expect(drawn([wrong]).join(' ')).toContain('NOT the same');
});

test('hostile texts draw nothing of their own', () => {
  for (const columns of WIDTHS) {
    const lines = drawn([hostile(), longpoll()], columns, true);
    expect(lines.filter((line) => [...line].length > columns)).toEqual([]);
    expect(lines.join('')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    expect(lines.join('\n')).not.toContain(HOSTILE);
  }
});

test('letters of two columns keep the lines straight', () => {
  const korean = '안녕하세요, 웹소켓입니다. '.repeat(8);
  const one = longpoll();
  const events = one.events.map((event) =>
    event.kind === 'step' ? { ...event, title: korean, why: korean } : event,
  );
  const lines = drawn([{ ...one, events }]);
  const wide = lines.filter((line) => line.includes('웹'));
  expect(wide.length).toBeGreaterThan(10);
  for (const line of wide.filter((text) => !text.includes('...')))
    expect([...line].length + (line.match(/\p{Script=Hangul}/gu)?.length ?? 0)).toBe(80);
});

test('nothing was said: nothing is reckoned', () => {
  const silent = { ...websocket(), events: [], news: { messages: 0, bytes: 0 } };
  expect(drawn([silent]).join('\n')).not.toMatch(/NaN|Infinity|undefined/);
  expect(drawn([silent, silent], 200).join('\n')).not.toMatch(/NaN|Infinity|undefined/);
});
