import { expect, test } from 'vitest';
import { accountOf, joinLives, joinShares, shareOf } from '../../src/run/nodes/join.ts';
import { nothingRead, type ServerReading } from '../../src/server/protocol.ts';
import { readingInstantsNs } from '../../src/timeline.ts';
import { serverShare, timelineOf } from './evidence.ts';

const timeline = timelineOf(2000);
const instantsNs = readingInstantsNs(timeline);
const counters = (userUs: number, own: Partial<ServerReading> = {}): ServerReading => {
  const counted = { bytesUp: userUs, bytesDown: 2 * userUs, requests: userUs, open: 5, peakOpen: 8 };
  return { ...nothingRead(0), ...counted, userUs, rssBytes: 100, ...own };
};

/** It was killed between the window's start and its middle. */
const killed = shareOf(
  {
    ...serverShare(timeline),
    readings: [counters(10, { wire: { bytes: 1, packets: 1 } })],
    closingsUs: [1],
    steps: [{ open: 5, cpuUs: 3 }],
    now: counters(17),
  },
  timeline,
);
/** It came between the middle and the end. */
const successor = serverShare(timeline, {
  readings: [nothingRead(0), nothingRead(0), counters(4, { peakOpen: 3 }), counters(6)],
  closingsUs: [2],
  steps: [null, null, { open: 1, cpuUs: 9 }],
});

test('counters of a process that was killed stand still, and it holds nothing any more', () => {
  expect(killed.readings.map(({ userUs }) => userUs)).toEqual([10, 17, 17, 17]);
  expect(killed.readings.map(({ open, rssBytes }) => [open, rssBytes])).toEqual([
    [5, 100],
    ...Array.from({ length: 3 }, () => [0, 0]),
  ]);
  expect(killed.readings.slice(1).map(({ atNs }) => atNs)).toEqual(instantsNs.slice(1));
});

test('the lives of a node are read as one server whose counters only grow', () => {
  const joined = joinLives([killed, successor]);
  expect(joined.readings.map(({ userUs }) => userUs)).toEqual([10, 17, 21, 23]);
  expect(joined.readings.map(({ bytesDown }) => bytesDown)).toEqual([20, 34, 42, 46]);
  expect(joined.readings.map(({ open }) => open)).toEqual([5, 0, 5, 5]);
  expect(joined.readings.map(({ peakOpen }) => peakOpen)).toEqual([8, 8, 8, 8]);
  expect(joined.readings.map(({ wire }) => wire?.bytes ?? null)).toEqual([1, null, null, null]);
  expect(joined.closingsUs).toEqual([1, 2]);
  expect(joined.steps).toEqual([{ open: 5, cpuUs: 3 }, null, { open: 1, cpuUs: 9 }]);
});

test('nodes beside each other are added up, also what each had open at the most', () => {
  const joined = joinShares([killed, joinLives([killed, successor])]);
  expect(joined.readings.map(({ peakOpen }) => peakOpen)).toEqual([16, 16, 16, 16]);
  expect(joined.steps).toEqual([{ open: 10, cpuUs: 6 }, null, { open: 1, cpuUs: 9 }]);
});

test('of a process that could not be asked only its last reading is known', () => {
  const share = shareOf(accountOf(counters(7)), timeline);
  expect(share.readings.map(({ userUs }) => userUs)).toEqual([7, 7, 7, 7]);
  expect(share.said.published).toBe(0);
});
