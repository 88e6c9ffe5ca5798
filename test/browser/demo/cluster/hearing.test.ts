import { expect, test } from 'vitest';
import { beginAfter, Due, heard, missingOf, SHOWN } from '../../../../src/browser/demo/cluster/hearing.ts';
import { storyOf } from '../../../../src/browser/demo/cluster/story.ts';

test('each event counts once, and none from before', () => {
  let hearing = beginAfter(10);
  for (const n of [9, 10, 11, 12, 12, 14]) hearing = heard(hearing, n);
  expect(hearing).toMatchObject({ newest: 14, count: 3 });
  expect(missingOf(hearing, 14)).toBe(1);
  expect(missingOf(hearing, 12)).toBe(0);
  expect(missingOf(beginAfter(10), 40)).toBe(30);
});

test('keeps no more than the picture needs', () => {
  let hearing = beginAfter(0);
  for (let n = 1; n <= 1000; n += 1) hearing = heard(hearing, n);
  expect(hearing.count).toBe(1000);
  expect(hearing.recent.size).toBe(2 * SHOWN);
});

test('an event is due a while after it was published', () => {
  const due = new Due();
  due.published(5, 0);
  expect(due.newest).toBe(0);
  due.published(6, 1000);
  due.published(7, 2000);
  expect(due.newest).toBe(5);
  due.published(9, 3000);
  expect(due.newest).toBe(6);
});

test('the story follows the state', () => {
  const state = {
    missing: null,
    phase: 'running',
    hasAdapter: true,
    redis: 'running',
    ports: [1, 2],
    published: 0,
  } as const;
  expect(storyOf(state, false)).toBe('joined');
  expect(storyOf(state, true)).toBe('healed');
  expect(storyOf({ ...state, redis: 'killed' }, true)).toBe('killed');
  expect(storyOf({ ...state, hasAdapter: false }, false)).toBe('alone');
  expect(storyOf({ ...state, phase: 'starting' }, false)).toBe('starting');
  expect(storyOf({ ...state, phase: 'off' }, false)).toBe('off');
  expect(storyOf({ ...state, missing: 'no redis-server' }, false)).toBe('missing');
});
