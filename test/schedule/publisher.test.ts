import { expect, test } from 'vitest';
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
