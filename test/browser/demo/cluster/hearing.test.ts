import { expect, test } from 'vitest';
import { Due, Hearing } from '../../../../src/browser/demo/cluster/hearing.ts';
import { storyOf } from '../../../../src/browser/demo/cluster/story.ts';

test('each event counts once, and none from before', () => {
  const hearing = new Hearing(10);
  for (const n of [9, 10, 11, 12, 12, 14, 15]) hearing.hear(n);
  expect(hearing).toMatchObject({ newest: 15, count: 4 });
  expect(hearing.hasHeard(13)).toBe(false);
  expect(hearing.missing(15)).toBe(1);
  // What came before it was due hides nothing.
  expect(hearing.missing(13)).toBe(1);
  expect(hearing.missing(12)).toBe(0);
  expect(new Hearing(10).missing(40)).toBe(30);
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
