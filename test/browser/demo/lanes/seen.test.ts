import { describe, expect, test } from 'vitest';
import { Conservation } from '../../../../src/browser/demo/lanes/seen/conservation.ts';
import { Costs } from '../../../../src/browser/demo/lanes/seen/costs.ts';
import { Latency, SECONDS } from '../../../../src/browser/demo/lanes/seen/latency.ts';
import { readNews } from '../../../../src/browser/demo/lanes/seen/news.ts';
import { Trail } from '../../../../src/browser/demo/lanes/seen/trail.ts';
import { Clock } from '../../../../src/browser/demo/page/clock.ts';
import { stateWith } from '../state.ts';

describe('which events arrived', () => {
  const counted = (...numbers: number[]) => {
    const conservation = new Conservation();
    const isFirst = numbers.map((n) => conservation.take(n));
    const { received, lost, repeated } = conservation;
    return { received, lost, repeated, isFirst };
  };

  test('the first that comes is where counting begins', () => {
    expect(counted(700, 701)).toMatchObject({ received: 2, lost: 0 });
  });

  test('a gap is lost until it is filled', () => {
    expect(counted(1, 2, 6)).toMatchObject({ received: 3, lost: 3 });
    expect(counted(1, 2, 6, 4, 3)).toMatchObject({ received: 5, lost: 1, repeated: 0 });
  });

  test('what comes again is not received again', () => {
    expect(counted(1, 2, 2, 1)).toMatchObject({
      received: 2,
      repeated: 2,
      isFirst: [true, true, false, false],
    });
  });

  test('a huge gap costs no memory and stays counted', () => {
    expect(counted(1, 1_000_000_000)).toMatchObject({ received: 2, lost: 999_999_998 });
    expect(counted(1, 1_000_000, 2)).toMatchObject({ lost: 999_998, repeated: 1 });
  });
});

describe('how late messages are', () => {
  test('a second is told by its middle, one without messages by nothing', () => {
    const latency = new Latency();
    for (const ms of [5, 900, 7]) latency.take(ms, 1_500);
    expect(latency.nowMs).toBe(7);
    latency.turn(3_100);
    expect(latency.history).toEqual([7, null]);
    expect([latency.nowMs, latency.minuteMs]).toEqual([7, 7]);
  });

  test('a minute is kept, however long the page slept', () => {
    const latency = new Latency();
    latency.take(1, 1_000);
    for (let second = 2; second < 200; second++) latency.take(second, second * 1_000);
    expect(latency.history.length).toBe(SECONDS);
    latency.turn(100_000_000);
    expect(latency.history).toEqual(Array(SECONDS).fill(null));
  });

  test('of comparisons of clocks the one with the shortest way counts', () => {
    const clock = new Clock();
    clock.compare(1_000, 6_100, 1_200);
    clock.compare(2_000, 7_005, 2_010);
    clock.compare(3_000, 8_900, 3_800);
    expect(clock.ageMs(8_000, 3_040)).toBe(40);
    expect(clock.ageMs(8_000, 2_990)).toBe(0);
  });
});

describe('what is drawn', () => {
  test('an answer belongs to its request, also where one broke off', () => {
    const trail = new Trail();
    trail.asked(1, 'longpoll', 10);
    trail.answered(1, null, 20);
    trail.asked(2, 'longpoll', 30);
    expect(trail.hanging?.id).toBe(2);
    trail.answered(2, 3, 40);
    expect(trail.requests.map(({ endMs, messages }) => [endMs, messages])).toEqual([
      [20, null],
      [40, 3],
    ]);
    expect(trail.hanging).toBeUndefined();
  });

  test('nothing grows without bound', () => {
    const trail = new Trail();
    for (let n = 0; n < 100_000; n++) {
      trail.asked(n, 'polling', n);
      trail.landed({ publishedMs: n, landedMs: n, isOwn: false });
      trail.turned(n % 2 === 0 ? 'open' : 'lost', 'polling', n);
    }
    const lengths = [trail.requests, trail.messages, trail.stretches].map(({ length }) => length);
    expect(Math.max(...lengths)).toBeLessThanOrEqual(5_000);
    expect(trail.messages.at(-1)?.landedMs).toBe(99_999);
  });
});

test('what a message costs is all bytes by all deliveries since the page was opened', () => {
  const costs = new Costs('polling');
  costs.take(stateWith({ published: 10 }, { clients: 1, bytesUp: 1_000, bytesDown: 1_000 }));
  expect(costs.bytesPerMessage).toBeNull();
  costs.take(stateWith({ published: 12, visitors: 2 }, { clients: 2, bytesUp: 1_400, bytesDown: 1_800 }));
  expect(costs.bytesPerMessage).toBe(300);
});

test('neither clients whose page is gone nor pages that have no client receive anything', () => {
  const costs = new Costs('longpoll');
  costs.take(stateWith({ published: 10, visitors: 1 }, { clients: 4 }));
  costs.take(stateWith({ published: 20, visitors: 1 }, { clients: 4, bytesDown: 3_000 }));
  expect(costs.bytesPerMessage).toBe(300);
  costs.take(stateWith({ published: 40, visitors: 3 }, { clients: 1, bytesDown: 9_000 }));
  expect(costs.bytesPerMessage).toBe(300);
});

test('what is no event is none', () => {
  for (const text of ['', 'null', '{}', '[]', '{"n":"1","atMs":2,"text":"x"}', '{"n":1,"atMs":2}'])
    expect(readNews(text), text).toBeUndefined();
  const heard = readNews('{"n":1,"atMs":2,"from":"__proto__","text":"x"}   ');
  expect(heard).toEqual({ n: 1, atMs: 2, from: undefined, text: 'x' });
});
