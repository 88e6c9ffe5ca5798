import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { plainLook } from '../../src/cli/look.ts';
import { RtbenchError } from '../../src/errors.ts';
import { readSaved } from '../../src/report/index.ts';

/** Of real runs, as published. */
const published = (name: string) =>
  readFileSync(new URL(`../../results/2026-11-21-two-core-vm/${name}.json`, import.meta.url), 'utf8');

test.each([
  ['compare', 'For this workload'],
  ['sweep', 'Polling is cheaper than WebSocket above about 41 msg/s'],
  ['capacity', 'WebSocket carries at least 51,519 deliveries/s'],
  ['advise', 'Take WebSocket or streaming: indistinguishable here'],
])('a saved %s is written again in every format, and read again from its JSON', (name, sentence) => {
  const saved = readSaved(published(name)).formats;
  expect(saved.table(undefined, plainLook).replaceAll('\n', ' ')).toContain(sentence);
  expect(saved.markdown(undefined, plainLook)).toContain('|');
  expect(saved.csv(undefined, plainLook).split('\r\n').length).toBeGreaterThan(2);
  expect(
    saved
      .ndjson(undefined, plainLook)
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line)).length,
  ).toBeGreaterThan(1);
  const again = saved.json(undefined, plainLook);
  expect(readSaved(again).formats.json(undefined, plainLook)).toBe(again);
});

test('what no rtbench wrote is refused, and what is wrong is named by its path', () => {
  expect(() => readSaved('{"schema":"rtbench/sweep@9"}')).toThrow(
    /its schema is `"rtbench\/sweep@9"`.*advice@1/,
  );
  expect(() => readSaved('{"schema":"toString"}')).toThrow(RtbenchError);
  const broken = published('sweep').replace('"rSquared": ', '"rSquarred": ');
  expect(() => readSaved(broken)).toThrow(/slopes\[0\]\.rSquared/);
  const hollow = published('sweep').replace(/"hdr": "[^"]*"/, '"hdr": "HIST"');
  expect(() => readSaved(hollow)).toThrow(/hdr/);
});
