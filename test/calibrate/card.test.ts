import { stripVTControlCharacters } from 'node:util';
import { Chalk } from 'chalk';
import { expect, test } from 'vitest';
import { cardPage, summaryOf } from '../../src/calibrate/card.ts';
import type { Outcome } from '../../src/calibrate/check.ts';
import type { Card } from '../../src/calibrate/index.ts';
import { describeMachine } from '../../src/instrument/machine.ts';

function outcome(name: string, state: Outcome['state'], change: Partial<Outcome> = {}): Outcome {
  const figure = 'slope 1.002, floor 0.78 ms and a good deal more that was found out';
  const meaning = 'what this means in plain words for whoever reads a report that was made here';
  return { name, state, figure, meaning, faults: [], summary: {}, ...change };
}

const card: Card = {
  ...{ startedAt: '2026-11-21T06:55:16.823Z', tookMs: 24_300, quick: true, ...describeMachine(null, null) },
  outcomes: [
    outcome('delay', 'passed', { summary: { latencySlope: 1.002, latencyFloorMs: 0.78 } }),
    outcome('client-stall', 'failed', { faults: ['the round with a blocked driver counts as valid'] }),
    outcome('sameness', 'skipped', { figure: 'too few valid rounds: other programs used 98% of a core' }),
  ],
};

test.each([40, 60, 80, 100, 140])('every line of the card fits into %i columns', (columns) => {
  const page = cardPage(card, { columns, chalk: new Chalk({ level: 0 }) });
  for (const line of page.split('\n')) expect([...line].length, line).toBeLessThanOrEqual(columns);
  expect(page).not.toMatch(/NaN|undefined|null|─|│/);
  const coloured = cardPage(card, { columns, chalk: new Chalk({ level: 1 }) });
  expect(coloured).not.toBe(page);
  expect(stripVTControlCharacters(coloured)).toBe(page);
});

test('each check has its mark, and the last line says what it all means', () => {
  const page = cardPage(card, { columns: 140, chalk: new Chalk({ level: 0 }) });
  expect(page).toMatch(/^ok +delay +slope/m);
  expect(page).toMatch(/^FAIL +client-stall/m);
  expect(page).toContain('the round with a blocked driver counts as valid');
  expect(page).toMatch(/^skip +sameness +skipped: too few/m);
  expect(page).toContain('1 of 2 checks failed');
  const passed = { ...card, outcomes: card.outcomes.filter(({ state }) => state !== 'failed') };
  expect(cardPage(passed, { columns: 140, chalk: new Chalk({ level: 0 }) })).toContain('All 1 check passed');
});

test('the summary counts the checks that were made, and leaves open what was not found', () => {
  expect(summaryOf(card)).toMatchObject({ passed: 1, checks: 2, latencySlope: 1.002, cpuError: null });
});
