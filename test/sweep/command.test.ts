import { expect, test } from 'vitest';
import { rtbench } from '../rtbench.ts';

const SMALL = ['--transport', 'ws', '--clients', '4', '--duration', '200ms', '--rounds', '1'];

test('a real sweep measures every transport at every value, and each round says which', async () => {
  const { code, stdout, stderr } = await rtbench(['sweep', '--vary', 'rate=10,40', ...SMALL, '--json']);
  expect(code, stderr).toBe(0);
  const sweep = JSON.parse(stdout);
  expect(sweep.schema).toBe('rtbench/sweep@1');
  const points = sweep.points.map(({ values, transport, rounds }: (typeof sweep.points)[number]) => {
    return [values.ratePerSecond, transport, rounds[0].delivery.delivered];
  });
  expect(points).toEqual([
    [10, 'websocket', 8],
    [40, 'websocket', 32],
  ]);
  expect(stderr).toMatch(/^2 rounds, about \d+ s\n/);
  expect(stderr).toMatch(/\[2\/2\] rate (10|40) · websocket 1 · /);
});

test.each([
  [['sweep'], '--vary to be a field and its values'],
  [['sweep', '--vary', 'colour=1,2'], 'Expected --vary to be a field of the workload'],
  [['sweep', '--vary', 'rate=1,2', '--transport', 'ws', '--transports', 'ws'], 'cannot be used with'],
  [['sweep', '--vary', 'rate=1,2', '--out', 'x.foo'], 'whose ending names a format'],
])('%j exits 2 with one line, and starts nothing', async (args, says) => {
  const { code, stdout, stderr } = await rtbench(args);
  expect(stderr).toMatch(/^rtbench: [^\n]+\n$/);
  expect(stderr).toContain(says);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
});
