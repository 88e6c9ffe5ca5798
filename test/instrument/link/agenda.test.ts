import { expect, test } from 'vitest';
import { Agenda } from '../../../src/instrument/link/agenda.ts';
import { seededRandom } from '../../../src/random.ts';

test('whatever comes in any order leaves by its instant, and nothing is lost', () => {
  const random = seededRandom(7);
  const agenda = new Agenda<{ readonly dueNs: number }>();
  const left: number[] = [];
  let added = 0;
  for (let turn = 0; turn < 5000; turn++) {
    if (random() < 0.6) {
      // Never before what has left already: so it is with time.
      agenda.add({ dueNs: (left.at(-1) ?? 0) + Math.floor(random() * 50) });
      added += 1;
    } else {
      const { earliest } = agenda;
      const taken = agenda.take();
      expect(taken).toBe(earliest);
      if (taken !== undefined) left.push(taken.dueNs);
    }
  }
  for (let item = agenda.take(); item !== undefined; item = agenda.take()) left.push(item.dueNs);
  expect(left.length).toBe(added);
  expect(left).toEqual(left.toSorted((a, b) => a - b));
  expect(agenda.earliest).toBeUndefined();
});
