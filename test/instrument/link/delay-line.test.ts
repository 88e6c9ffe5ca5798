import { describe, expect, test } from 'vitest';
import { DelayLine, type Lane } from '../../../src/instrument/link/delay-line.ts';
import { Way } from '../../../src/instrument/link/way.ts';
import { seededRandom } from '../../../src/random.ts';

const MS = 1e6;
const FAR = { rttMs: 50, jitterMs: 0, bandwidthBitsPerSecond: 0 };

function lane(): Lane {
  return { freeNs: 0 };
}

function lineOf(link = FAR, { opensNs = 0, on = lane(), seed = 1 } = {}): DelayLine {
  return new DelayLine(new Way(link), on, opensNs, seededRandom(seed));
}

test('a part is due half a round trip after it was sent', () => {
  const line = lineOf();
  expect(line.dueNs(1000 * MS, 10)).toBe(1025 * MS);
  expect(line.dueNs(1001 * MS, 1e6)).toBe(1026 * MS);
});

test("what is sent before TCP's handshake is over counts as sent when it is", () => {
  const line = lineOf(FAR, { opensNs: 1050 * MS });
  expect(line.dueNs(1000 * MS, 10)).toBe(1075 * MS);
  expect(line.dueNs(1060 * MS, 10)).toBe(1085 * MS);
});

describe('jitter', () => {
  const link = { ...FAR, jitterMs: 5 };

  test('spreads parts evenly over both sides of the delay, and the same seed spreads them the same', () => {
    const delays = (seed: number) => {
      const line = lineOf(link, { seed });
      // Far enough apart not to wait for each other.
      return Array.from({ length: 2000 }, (_, index) => line.dueNs(index * 1000 * MS, 1) - index * 1000 * MS);
    };
    const first = delays(1);
    expect(Math.min(...first)).toBeGreaterThanOrEqual(20 * MS);
    expect(Math.max(...first)).toBeLessThanOrEqual(30 * MS);
    for (const quarter of [0, 1, 2, 3]) {
      const within = first.filter((delay) => Math.min(3, Math.floor((delay / MS - 20) / 2.5)) === quarter);
      expect(within.length).toBeGreaterThan(400);
    }
    expect(delays(1)).toEqual(first);
    expect(delays(2)).not.toEqual(first);
  });

  test('never lets a part overtake another', () => {
    const line = lineOf(link);
    const due = Array.from({ length: 1000 }, (_, index) => line.dueNs(index * MS, 1));
    expect(due).toEqual(due.toSorted((a, b) => a - b));
    expect(new Set(due).size).toBeLessThan(due.length);
  });
});

describe('bandwidth', () => {
  // A kilobyte takes eight milliseconds.
  const narrow = { rttMs: 20, jitterMs: 0, bandwidthBitsPerSecond: 1e6 };

  test('holds a part until its last bit has passed, and the next one until the link is free', () => {
    const line = lineOf(narrow);
    expect(line.dueNs(1000 * MS, 1000)).toBe(1018 * MS);
    expect(line.dueNs(1000 * MS, 1000)).toBe(1026 * MS);
    expect(line.dueNs(1002 * MS, 500)).toBe(1030 * MS);
    expect(line.dueNs(2000 * MS, 500)).toBe(2014 * MS);
  });

  test('is shared by the connections of one client and by nobody else', () => {
    const way = new Way(narrow);
    const mine = lane();
    const [one, other, stranger] = [mine, mine, lane()].map((own) => new DelayLine(way, own, 0, () => 0.5));
    expect(one?.dueNs(1000 * MS, 1000)).toBe(1018 * MS);
    expect(other?.dueNs(1000 * MS, 1000)).toBe(1026 * MS);
    expect(stranger?.dueNs(1000 * MS, 1000)).toBe(1018 * MS);
    const total = Array.from({ length: 100 }, () => [
      one?.dueNs(3000 * MS, 500),
      other?.dueNs(3000 * MS, 500),
    ]);
    expect(total.flat().at(-1)).toBe(3000 * MS + 100 * 8 * MS + 10 * MS);
  });

  test('an end and a reset pass without taking any of it', () => {
    const line = lineOf(narrow);
    expect(line.dueNs(1000 * MS, 1000)).toBe(1018 * MS);
    expect(line.dueNs(1000 * MS, 0)).toBe(1018 * MS);
    expect(line.dueNs(1000 * MS, 1000)).toBe(1026 * MS);
  });
});

test('a link that is lifted lets everything pass at once, but nothing before what is under way', () => {
  const way = new Way({ rttMs: 50, jitterMs: 5, bandwidthBitsPerSecond: 1e6 });
  const line = new DelayLine(way, lane(), 0, () => 0.5);
  const underWay = line.dueNs(1000 * MS, 1000);
  way.change({ rttMs: 0, jitterMs: 0, bandwidthBitsPerSecond: 0 });
  expect(line.dueNs(1001 * MS, 1000)).toBe(underWay);
  expect(line.dueNs(1200 * MS, 1e6)).toBe(1200 * MS);
});
