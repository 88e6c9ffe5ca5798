import { expect, test } from 'vitest';
import { slopeSentences } from '../../src/report/sweep/slope-words.ts';
import { sampleSweep } from './sample.ts';

const CLIENTS = { field: 'clients', option: 'clients', values: [10, 100, 1000] };

test('heap of a known amount for each client is found, with its interval', () => {
  const sweep = sampleSweep([CLIENTS], (round, { clients = 0 }) => {
    const each = round.transport === 'polling' ? 4900 : 3100;
    return { ...round, server: { ...round.server, heapBytes: 9e6 + each * clients + 2000 * round.round } };
  });
  const heap = sweep.slopes.filter(({ quantity }) => quantity === 'heapBytes');
  expect(heap.map(({ shape }) => shape)).toEqual(['straight', 'straight']);
  for (const [index, each] of [4900, 3100].entries()) {
    const { slope = 0, low = 0, high = 0, rounds } = heap[index] ?? {};
    expect(slope).toBeCloseTo(each, 0);
    expect(low).toBeLessThan(each);
    expect(high).toBeGreaterThan(each);
    expect(rounds).toBe(9);
  }
  expect(slopeSentences(sweep).join('\n')).toMatch(
    /Heap per further client: polling 4\.90 KB \(4\.\d+ to 4\.9\d\), websocket 3\.10 KB \(3\.\d+ to 3\.1\d\)\./,
  );
});

test('what is no straight line is refused with its R², and what does not change is no slope', () => {
  const sweep = sampleSweep([CLIENTS], (round, { clients = 0 }) => {
    const heapBytes = round.transport === 'polling' ? 1e6 + 1e6 * Math.log10(clients) : 9e6 + round.round;
    return { ...round, server: { ...round.server, heapBytes } };
  });
  const heap = sweep.slopes.filter(({ quantity }) => quantity === 'heapBytes');
  expect(heap.map(({ shape }) => shape)).toEqual(['bent', 'flat']);
  expect(slopeSentences(sweep).join('\n')).toMatch(
    /Heap per further client: not a straight line for polling \(R² 0\.\d\d\); no trend for websocket\./,
  );
});

test('two values make no slope, and invalid rounds none either', () => {
  const two = { ...CLIENTS, values: [10, 100] };
  expect(sampleSweep([two], (round) => round).slopes).toEqual([]);
  expect(sampleSweep([CLIENTS], (round) => ({ ...round, valid: false })).slopes).toEqual([]);
});
