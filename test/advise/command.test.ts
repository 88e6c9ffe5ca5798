import { expect, test } from 'vitest';
import { rtbench } from '../rtbench.ts';

test('one real round each is no ground for a recommendation, and says so', async () => {
  const call = ['advise', '--transports', 'ws,sse', '--clients', '4', '--duration', '200ms', '--rounds', '1'];
  const { code, stdout, stderr } = await rtbench([...call, '--json']);
  expect(code, stderr).toBe(0);
  const advice = JSON.parse(stdout);
  expect(advice).toMatchObject({ schema: 'rtbench/advice@1', ranking: [], answer: { transports: [] } });
  expect(advice.answer.text).toMatch(/^No recommendation: /);
  expect(advice.rounds).toHaveLength(2);
});

test.each([
  [['advise', '--transports', 'ws'], 'Expected --transports to be two or more'],
  [['advise', '--rounds', 'auto'], 'Expected --rounds to be a number for an advice'],
  [['advise', '--scenario', 'brodcast'], 'Did you mean `broadcast`?'],
])('%j exits 2 with one line, and starts nothing', async (args, says) => {
  const { code, stdout, stderr } = await rtbench(args);
  expect(stderr).toMatch(/^rtbench: [^\n]+\n$/);
  expect(stderr).toContain(says);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
});
