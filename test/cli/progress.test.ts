import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { plainLook } from '../../src/cli/look.ts';
import { outcome, showProgress, timeLeft } from '../../src/cli/progress.ts';
import { flagged, sampleReport } from '../report/sample.ts';

const [round, next] = sampleReport().rounds;
if (!round || !next) throw new Error('the sample has two rounds');

async function told(stream: PassThrough, quiet = false): Promise<string> {
  const progress = await showProgress(stream, plainLook, quiet);
  const { transport } = round ?? { transport: '' };
  progress.observe({ kind: 'planned', rounds: 2, expectedMs: 9000 });
  progress.observe({ kind: 'stage', index: 0, transport, round: 1, stage: 'measuring' });
  if (round) progress.observe({ kind: 'finished', index: 0, round, remainingMs: 4200, precision: null });
  if (next) progress.observe({ kind: 'finished', index: 1, round: next, remainingMs: 0, precision: null });
  progress.end();
  stream.end();
  return text(stream);
}

test('away from a terminal every finished round is a line of its own, with the time left', async () => {
  const lines = (await told(new PassThrough())).split('\n');
  expect(lines).toHaveLength(4);
  expect(lines[0]).toBe('2 rounds, about 9 s');
  expect(lines[1]).toBe(`[1/2] ${outcome(round)} · 5 s left`);
  expect(lines[2]).toBe(`[2/2] ${outcome(next)}`);
});

test('a terminal has one line, drawn anew', async () => {
  const terminal = Object.assign(new PassThrough(), {
    isTTY: true,
    columns: 90,
    cursorTo: () => true,
    clearLine: () => true,
    moveCursor: () => true,
  });
  const drawn = await told(terminal);
  expect(drawn).not.toMatch(/\n./);
});

test('a terminal without a width gets plain lines: there is no line to draw anew', async () => {
  const terminal = Object.assign(new PassThrough(), { isTTY: true, columns: 0 });
  expect(await told(terminal)).toContain('[1/2] ');
});

test('while thousands come in, a line tells how many have, but not each time that it is heard', async () => {
  const stream = new PassThrough();
  const progress = await showProgress(stream, plainLook, false);
  const coming = { kind: 'connected', index: 0, transport: 'websocket', round: 1, clients: 100_000 } as const;
  progress.observe({ ...coming, connected: 25_000, remainingMs: 29_400 });
  progress.observe({ ...coming, connected: 26_000, remainingMs: 28_000 });
  progress.end();
  stream.end();
  expect(await text(stream)).toBe('websocket 1 · 25,000 of 100,000 connected, the others in about 30 s\n');
});

test('--quiet is silent', async () => {
  expect(await told(new PassThrough(), true)).toBe('');
});

test('a round says what arrived and what is wrong with it', () => {
  expect(outcome(round)).toContain(
    `${round.transport} 1 · ${round.delivery.delivered} of ${round.delivery.expected} delivered · p50 `,
  );
  const invalid = flagged(round, { code: 'messages-lost', message: 'two are lost', fatal: true });
  expect(outcome(invalid)).toContain('invalid: messages-lost');
  const doubtful = flagged(round, { code: 'still-warming', message: 'cost fell', fatal: false });
  expect(outcome(doubtful)).toContain('doubtful: still-warming');
});

test('time left is told in seconds, then in minutes, and never below zero', () => {
  expect([-5, 0, 1, 41_200, 119_000, 120_001].map(timeLeft)).toEqual([
    '0 s left',
    '0 s left',
    '1 s left',
    '42 s left',
    '119 s left',
    '3 min left',
  ]);
});
