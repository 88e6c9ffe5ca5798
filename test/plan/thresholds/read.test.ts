import { describe, expect, it } from 'vitest';
import { RtbenchError } from '../../../src/errors.ts';
import { readThreshold } from '../../../src/plan/thresholds/read.ts';
import {
  EVERY,
  FIGURES,
  formatted,
  OPERATORS,
  PHASE_FIGURES,
} from '../../../src/plan/thresholds/threshold.ts';
import { seededRandom } from '../../../src/stats/index.ts';
import { aliases, transports } from '../../../src/transports/index.ts';

const read = (text: string) => readThreshold(text, '--fail-if');
const lines = (text: string) => {
  try {
    read(text);
  } catch (error) {
    expect(error).toBeInstanceOf(RtbenchError);
    expect(error).toMatchObject({ code: 'usage' });
    return error instanceof Error ? error.message.split('\n') : [];
  }
  throw new Error(`${text} was read`);
};

describe('a threshold', () => {
  it.each([
    ['websocket.latencyP99Ms>20', 'websocket.latencyP99Ms > 20'],
    [' ws.lost  >=  1e3 ', 'websocket.lost >= 1000'],
    ['socket.io.lost!=0', 'socketio.lost != 0'],
    ['long-polling.invalidRounds==-0', 'longpoll.invalidRounds == 0'],
    ['socketio-websocket.deliveredRatio<.99', 'socketio-websocket.deliveredRatio < 0.99'],
    ['*.lostRatio>5%', '*.lostRatio > 0.05'],
    ['sse.serverCpuPercent>50%', 'sse.serverCpuPercent > 50'],
    ['ws.latencyP50Ms>1.5s', 'websocket.latencyP50Ms > 1500'],
    ['ws.serverCpuPerMessageUs>0.2 ms', 'websocket.serverCpuPerMessageUs > 200'],
    ['ws.memoryPerClientBytes>64KiB', 'websocket.memoryPerClientBytes > 65536'],
    ['ws.goal.latencyP99Ms<=20', 'websocket.goal.latencyP99Ms <= 20'],
    ['socket.io.lost/ws.expected>1%', 'socketio.lost / websocket.expected > 0.01'],
  ])('%s is %s', (text, form) => {
    expect(formatted(read(text))).toBe(form);
  });

  it.each([
    ['', 0, 'to begin with a transport'],
    ['websockt.lost>3', 0, 'got `websockt`. Did you mean `websocket`?'],
    ['websocket>3', 9, 'to name a metric after `websocket`'],
    ['websocket.', 10, 'to name a metric after `websocket.`, got nothing'],
    ['websocket.latencyP9Ms>20', 10, 'got `latencyP9Ms`. Did you mean `latencyP90Ms`?'],
    ['ws.lost/sse.lots>1', 12, 'after `sse.`, got `lots`. Did you mean `lost`?'],
    ['ws.goal.memoryPerClientBytes>1', 8, 'Phases have latencyP50Ms,'],
    ['websocket.lost=3', 14, 'to have one of >= <= == != > < here, got `=3`'],
    ['websocket.lost', 14, 'got nothing'],
    ['websocket.latencyP99Ms>>3', 23, 'to have a number after `>`, got `>3`'],
    ['websocket.lost>1e999', 15, 'to have a number after `>`'],
    ['websocket.lost>NaN', 15, 'to have a number after `>`, got `NaN`'],
    ['websocket.lost>3ms', 16, 'to end after `3`, got `ms`'],
    ['websocket.latencyP99Ms>3KiB', 24, 'or with a unit (us, ms, s, m), got `KiB`'],
    ['websocket.lost>3 && 1', 17, 'got `&& 1`'],
  ])('`%s` is refused with a caret at %i', (text, at, says) => {
    const [sentence, shown, caret] = lines(text);
    expect(sentence).toMatch(/^Expected --fail-if /);
    expect(sentence).toContain(says);
    expect(shown).toBe(`  ${text}`);
    expect(caret).toBe(`  ${' '.repeat(at)}^`);
  });

  it('shows the place of a long expression within a line of 80, and nothing that a terminal obeys', () => {
    const [, shown = '', caret = ''] = lines(`${' '.repeat(100)}ws.lost>\u001b[2J${'x'.repeat(80)}`);
    expect(Math.max(shown.length, caret.length)).toBeLessThan(80);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
    expect(shown).not.toMatch(/[\u0000-\u001f]/);
    expect(shown.slice(caret.length - 1)).toMatch(/^ \[2J/);
    expect(lines('x'.repeat(300))[0]).toContain('to end after 200 characters');
  });
});

const random = seededRandom(7);
const oneOf = <Item>(items: readonly Item[]): Item => {
  const item = items[Math.floor(random() * items.length)];
  if (item === undefined) throw new Error('nothing to choose from');
  return item;
};
const NAMES = [EVERY, ...transports.map(({ name }) => name), ...Object.keys(aliases)];
const anyTerm = () =>
  random() < 0.3
    ? `${oneOf(NAMES)}.p-${Math.floor(random() * 9)}.${oneOf(PHASE_FIGURES)}`
    : `${oneOf(NAMES)}.${oneOf(FIGURES)}`;
const blank = () => oneOf(['', ' ', '\t  ']);
const anyNumber = () =>
  oneOf([String(random() * 10 ** Math.floor(random() * 40 - 20)), '0', '-3', '1e3', '.5']);
const anyExpression = () => {
  const subject = random() < 0.5 ? anyTerm() : `${anyTerm()}${blank()}/${blank()}${anyTerm()}`;
  return `${blank()}${subject}${blank()}${oneOf(OPERATORS)}${blank()}${anyNumber()}${blank()}`;
};

it('what was read, written in its one form, reads as itself', () => {
  for (let turn = 0; turn < 2000; turn++) {
    const first = read(anyExpression());
    const again = read(formatted(first));
    expect(formatted(again)).toBe(formatted(first));
    expect(again.limit).toBe(first.limit);
    for (const [one, other] of [[first.value, again.value] as const, [first.over, again.over] as const]) {
      expect(other && { ...other, at: 0 }).toEqual(one && { ...one, at: 0 });
    }
  }
});

it('whatever is written is read or refused in three lines, and nothing else', () => {
  const letters = [
    ...'wsocketi.*/<>=!0123456789eE+-% \t\n\u001b\u0000é漢😀\ud800\u202e`"\'\\',
    'latencyP99Ms',
    'longpoll.',
  ];
  for (let turn = 0; turn < 5000; turn++) {
    const text =
      turn % 2 === 0
        ? Array.from({ length: Math.floor(random() * 40) }, () => oneOf(letters)).join('')
        : mutated(anyExpression(), oneOf(letters));
    try {
      expect(Number.isFinite(read(text).limit)).toBe(true);
    } catch (error) {
      expect(error, JSON.stringify(text)).toMatchObject({ name: 'RtbenchError', code: 'usage' });
      const message = error instanceof Error ? error.message : '';
      expect(message.split('\n')).toHaveLength(3);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
      expect(message.replaceAll('\n', '')).not.toMatch(/[\u0000-\u001f\u202e]/);
    }
  }
});

function mutated(text: string, letter: string): string {
  const at = Math.floor(random() * text.length);
  return text.slice(0, at) + letter + text.slice(at + Math.floor(random() * 3));
}
