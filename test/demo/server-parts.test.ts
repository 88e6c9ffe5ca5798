import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { CpuShares } from '../../src/demo/server/cpu-shares.ts';
import { Bucket } from '../../src/demo/server/door/bucket.ts';
import { Pace } from '../../src/demo/server/pace.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

test('a pace keeps its rate, changes it at any time, and stops', () => {
  let beats = 0;
  const pace = new Pace(() => {
    beats += 1;
  });
  const during = (ms: number) => {
    beats = 0;
    vi.advanceTimersByTime(ms);
    return beats;
  };
  expect(during(5000)).toBe(0);
  pace.set(40);
  expect(during(10_000)).toBe(400);
  pace.set(0.5);
  expect(during(10_000)).toBe(5);
  pace.set(200);
  // Half the slow beat was over, and counts.
  expect(during(1000)).toBeGreaterThanOrEqual(199);
  for (let again = 0; again < 100; again++) pace.set(200);
  expect(during(1000)).toBe(200);
  // The machine slept for an hour.
  const asleepMs = performance.now() + 3_600_000;
  const clock = vi.spyOn(performance, 'now').mockReturnValue(asleepMs);
  expect(during(5)).toBe(201);
  clock.mockRestore();
  pace.stop();
  expect(during(10_000)).toBe(0);
});

test('a bucket gives what it has at once, and then by and by', () => {
  const bucket = new Bucket({ most: 10, perSecond: 5 });
  const taken = () => Array.from({ length: 30 }, () => bucket.take()).filter(Boolean).length;
  expect(taken()).toBe(10);
  vi.advanceTimersByTime(1000);
  expect(taken()).toBe(5);
  vi.advanceTimersByTime(3_600_000);
  expect(taken()).toBe(10);
});

test('CPU is shared by the time that each takes, also where one works for another', () => {
  let usedUs = 0;
  vi.spyOn(process, 'cpuUsage').mockImplementation((since) => {
    return { user: usedUs - (since?.user ?? 0), system: 0 };
  });
  const shares = new CpuShares<string>();
  usedUs = 7000;
  shares.look();
  expect(shares.usedUs('one')).toBe(0);
  shares.work('one', () => {
    vi.advanceTimersByTime(10);
    shares.work('other', () => vi.advanceTimersByTime(30));
    vi.advanceTimersByTime(10);
  });
  expect(() =>
    shares.work('other', () => {
      vi.advanceTimersByTime(50);
      throw new Error('broken');
    }),
  ).toThrow('broken');
  vi.advanceTimersByTime(1000);
  usedUs += 1000;
  shares.look();
  expect([shares.usedUs('one'), shares.usedUs('other')]).toEqual([200, 800]);
  usedUs += 500;
  shares.look();
  expect([shares.usedUs('one'), shares.usedUs('other')]).toEqual([200, 800]);
});
