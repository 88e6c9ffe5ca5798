import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Result, RtbenchError, read, write } from '../../src/index.ts';
import { sampleReport } from '../report/sample.ts';

const published = (name: string) =>
  readFileSync(join(import.meta.dirname, '../../results/2026-11-21-two-core-vm', name), 'utf8');

test('every saved result is read, told apart by its schema, and written again', async () => {
  for (const name of ['compare', 'sweep', 'capacity', 'fallback', 'advise']) {
    const result: Result = read(published(`${name}.json`));
    expect(await write(result, 'json')).toBe(await write(read(await write(result, 'json')), 'json'));
    if (result.schema === 'rtbench/report@1') expect(result.rounds.length).toBeGreaterThan(5);
  }
  expect(() => read('{}')).toThrow(RtbenchError);
});

test('texts are as wide as asked, plain, and only of what there is', async () => {
  const report = sampleReport();
  const narrow = await write(report, 'table', { columns: 60 });
  const widths = (text: string) => Math.max(...text.split('\n').map((line) => line.length));
  expect(widths(narrow)).toBeLessThan(widths(await write(report, 'table', { columns: 140 })));
  expect(narrow).not.toContain('\u001B');
  expect(await write(report, 'markdown')).toContain('| ');
  await expect(write(read(published('sweep.json')), 'junit')).rejects.toThrow(
    /the format to be one of table,/,
  );
  const hollow = { ...report, rounds: [{}] };
  // @ts-expect-error what the types refuse is refused at run time too
  await expect(write(hollow, 'json')).rejects.toThrow(/rounds\[0\]/);
});
