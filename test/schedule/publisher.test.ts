import { expect, test } from 'vitest';
import { nowNs } from '../../src/instrument/clock.ts';
import { Publisher } from '../../src/schedule/publisher.ts';

const timeline = {
  epochNs: 0,
  startUs: 0,
  windowStartUs: 1000,
  windowEndUs: 3000,
  phaseEndsUs: [2000, 3000],
  lightEndUs: 4000,
};

test('each phase accounts for the messages that are due in it, and for those whose place others took', () => {
  const publisher = new Publisher(timeline, [500, 1000, 1999, 2000, 2999, 3000], (index) => index);
  publisher.catchUp(6);
  for (const dueUs of [999, 1999, 2000, 2500, 3000]) publisher.conflate(dueUs);
  expect(publisher.before).toBe(1);
  expect(publisher.said).toMatchObject({
    published: 4,
    expected: 1 + 2 + 3 + 4,
    conflated: 3,
    phases: [
      { published: 2, expected: 1 + 2, conflated: 1 },
      { published: 2, expected: 3 + 4, conflated: 2 },
    ],
  });
});

test('who is behind leaves turns of the loop to everything else', async () => {
  const turns: (number | 'timer')[] = [];
  const publisher = new Publisher({ ...timeline, epochNs: nowNs() }, [0, 0, 0], (index) => {
    turns.push(index);
    for (const endNs = nowNs() + 10e6; nowNs() < endNs; );
    return 1;
  });
  setTimeout(() => turns.push('timer'), 1);
  // Its beats come all at once, as from a thread that was not behind.
  for (const passed of [1, 2, 3]) publisher.catchUp(passed);
  expect(turns).toEqual([0]);
  await publisher.finished;
  expect(turns.filter((turn) => turn !== 'timer')).toEqual([0, 1, 2]);
  expect(turns.indexOf('timer')).toBeLessThan(3);
  expect(turns).toContain('timer');
});
