import { describe, expect, it } from 'vitest';
import { Deadlines } from '../../src/transports/deadlines.ts';
import { Log } from '../../src/transports/http/server/log.ts';
import { pendingOf, Reading, take } from '../../src/transports/http/server/reading.ts';
import { until } from './harness.ts';

/** A seeded sequence of numbers in [0, below). */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

describe('the log of a room', () => {
  it('is bounded by messages and by bytes, and keeps the newest whatever its size', () => {
    const log = new Log<string>({ logMessages: 3, logBytes: 100 });
    for (let id = 1; id <= 5; id++) log.append({ id, form: `m${id}`, bytes: 10 });
    expect([log.dropped, log.droppedId, log.end]).toEqual([2, 2, 5]);
    log.append({ id: 9, form: 'large', bytes: 1_000 });
    expect([log.dropped, log.droppedId, log.end]).toEqual([5, 5, 6]);
    expect(log.at(5)?.form).toBe('large');
    log.append({ id: 10, form: 'small', bytes: 1 });
    expect(log.range(log.dropped, log.end).map((entry) => entry.id)).toEqual([10]);
  });

  it('gives a reader of several rooms each message once, in order, or counts it as missed', () => {
    for (let seed = 1; seed <= 200; seed++) readAtRandom(seed);
  });
});

/** Publishes, reads, loses answers, joins and leaves at random; then compares with what was published. */
function readAtRandom(seed: number): void {
  const pick = numbers(seed);
  const logs = [0, 1, 2].map(() => new Log<string>({ logMessages: 4 + pick(8), logBytes: 1_000 }));
  const joined = new Map<Log<string>, Reading<string>>();
  let readings: Reading<string>[] = [];
  const due: number[] = [];
  const got: number[] = [];
  let [id, cursor, given, missed] = [0, 0, 0, 0];
  const ask = (arrives: boolean) => {
    if (cursor === given) for (const reading of readings) reading.acknowledge();
    readings = readings.filter((reading) => !reading.isOver);
    const pending = pendingOf(readings, cursor);
    if (pending === undefined) return;
    const taken = take(pending, 1 + pick(6));
    given = taken.cursor;
    if (!arrives) return;
    cursor = given;
    missed += pending.missed;
    got.push(...taken.entries.map((entry) => entry.id));
  };
  for (let step = 0; step < 150; step++) {
    const log = logs[pick(logs.length)];
    if (log === undefined) return;
    const reading = joined.get(log);
    const what = pick(10);
    if (what < 6) {
      log.append({ id: ++id, form: '', bytes: 1 });
      if (reading) due.push(id);
    } else if (what < 8) {
      ask(pick(3) > 0);
    } else if (reading) {
      reading.finish();
      joined.delete(log);
    } else {
      joined.set(log, new Reading(log));
      readings.push(...[joined.get(log)].filter((fresh) => fresh !== undefined));
    }
  }
  for (let rest = 0; rest < 60; rest++) ask(true);
  expect(got, `seed ${seed}`).toEqual(got.toSorted((a, b) => a - b));
  expect(new Set(got).size, `seed ${seed}`).toBe(got.length);
  expect(got.filter((one) => !due.includes(one))).toEqual([]);
  expect(got.length + missed, `seed ${seed}`).toBe(due.length);
}

describe('deadlines', () => {
  it('expire in the order of the last touch, and not what was forgotten', async () => {
    const expired: string[] = [];
    const deadlines = new Deadlines<string>(20, (item) => expired.push(item));
    for (const item of ['a', 'b', 'c', 'd']) deadlines.touch(item);
    deadlines.touch('a');
    deadlines.forget('c');
    await until('three to expire', () => expired.length === 3);
    expect(expired).toEqual(['b', 'd', 'a']);
    deadlines.touch('e');
    await until('another', () => expired.length === 4);
    deadlines.stop();
  });

  it('hold no timer once stopped', () => {
    const before = process.getActiveResourcesInfo().length;
    const deadlines = new Deadlines<string>(60_000, () => {});
    deadlines.touch('a');
    expect(process.getActiveResourcesInfo().length).toBe(before + 1);
    deadlines.stop();
    expect(process.getActiveResourcesInfo().length).toBe(before);
  });
});
