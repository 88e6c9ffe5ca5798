import { expect, test } from 'vitest';
import { readSlo } from '../../src/capacity/slo.ts';
import { judgeRound } from '../../src/capacity/verdict.ts';
import { flag, roundWith, type Trouble } from './rounds.ts';

const SLO = readSlo('p99<100ms');
const judge = (trouble: Trouble, slo = SLO, bandwidthBitsPerSecond = 0) =>
  judgeRound(roundWith(trouble), slo, { bandwidthBitsPerSecond });

test('within every bound it passes, clearly so only away from the edge and without strain', () => {
  expect(judge({ p99Ms: 20 })).toMatchObject({ verdict: 'pass', limiter: null, isClear: true });
  expect(judge({ p99Ms: 90 })).toMatchObject({ verdict: 'pass', isClear: false });
  const strained = judge({ p99Ms: 20, flags: [flag('driver-saturated')] });
  expect(strained).toMatchObject({ verdict: 'pass', isClear: false });
});

test('< leaves the limit out, <= lets it in', () => {
  expect(judge({ p99Ms: 100 }).verdict).toBe('fail');
  expect(judge({ p99Ms: 100 }, readSlo('p99<=100ms')).verdict).toBe('pass');
});

test.each<[string, Trouble, string, string]>([
  ['a full server', { p99Ms: 300, serverShare: 0.96 }, 'fail', 'server-cpu'],
  [
    'a full server beside a strained driver',
    { p99Ms: 300, serverShare: 0.96, flags: [flag('driver-saturated')] },
    'fail',
    'server-cpu',
  ],
  [
    'a full server beside drivers at their end',
    { p99Ms: 300, serverShare: 0.96, driverShare: 0.97, flags: [flag('driver-saturated', true)] },
    'fail',
    'server-cpu',
  ],
  [
    'drivers at their end while the server has room',
    { p99Ms: 300, serverShare: 0.86, driverShare: 0.97, flags: [flag('driver-saturated', true)] },
    'limit',
    'driver',
  ],
  [
    'a busy server that publishes too late, beside busy drivers',
    { p99Ms: 300, serverShare: 0.84, slipMs: 140, flags: [flag('driver-saturated')] },
    'fail',
    'server-cpu',
  ],
  [
    'a busy server that publishes in time, beside busy drivers',
    { p99Ms: 300, serverShare: 0.84, slipMs: 4, flags: [flag('driver-saturated')] },
    'limit',
    'driver',
  ],
  [
    'a driver at its end though the bound is met',
    { p99Ms: 3, flags: [flag('driver-saturated', true)] },
    'limit',
    'driver',
  ],
  ['late witnesses', { p99Ms: 300, flags: [flag('witness-late')] }, 'limit', 'driver'],
  ['a late relay', { p99Ms: 300, flags: [flag('link-late', true)] }, 'limit', 'relay'],
  [
    'a schedule that slipped by itself',
    { p99Ms: 300, flags: [flag('generator-slipped', true)] },
    'limit',
    'generator',
  ],
  ['a server whose loop was blocked', { p99Ms: 300, loopDelayMs: 80 }, 'fail', 'server-loop'],
  [
    'a server that is late without using its core',
    { p99Ms: 300, serverShare: 0.4, flags: [flag('server-saturated')] },
    'fail',
    'server-loop',
  ],
  ['a loss', { flags: [flag('messages-lost', true)] }, 'fail', 'loss'],
  [
    'a loss of a full server',
    { serverShare: 0.99, flags: [flag('messages-lost', true)] },
    'fail',
    'server-cpu',
  ],
  [
    'dropped clients beside a strained driver',
    { flags: [flag('clients-dropped', true), flag('driver-saturated')] },
    'limit',
    'driver',
  ],
  ['latency while everybody had room', { p50Ms: 500, p99Ms: 990 }, 'fail', 'latency'],
  ['latency that climbs', { p99Ms: 90, flags: [flag('not-stationary', true)] }, 'fail', 'latency'],
])('%s', (_, trouble, verdict, limiter) => {
  expect(judge(trouble)).toMatchObject({ verdict, limiter });
});

test('a full server that meets the bounds passes, whatever its drivers did, but not at the first look', () => {
  const flags = [flag('driver-saturated', true), flag('witness-late', true), flag('server-saturated')];
  expect(judge({ p99Ms: 20, serverShare: 0.93, flags })).toMatchObject({ verdict: 'pass', isClear: false });
  expect(judge({ p99Ms: 20, serverShare: 0.7, flags })).toMatchObject({
    verdict: 'limit',
    limiter: 'driver',
  });
});

test('who was at its limit is told beside how busy the other side was', () => {
  const { why } = judge({ p99Ms: 300, serverShare: 0.96, driverShare: 0.71 });
  expect(why).toBe("the server used 96% of its core, the clients' side 71% of its own");
});

test('of a message to many that takes long, whoever takes longer for it is the limit', () => {
  // A message a second: 80 ms of the 100 that there are go by at the clients, and less or more at the server.
  const burst = { p99Ms: 130, driverShare: 0.08, published: 2, flags: [flag('driver-saturated')] };
  expect(judge({ ...burst, serverShare: 0.06 })).toMatchObject({ verdict: 'limit', limiter: 'driver' });
  const slower = judge({ ...burst, serverShare: 0.12 });
  expect(slower).toMatchObject({ verdict: 'fail', limiter: 'server-loop' });
  expect(slower.why).toBe("each message to everyone takes the server 120 ms and the clients' side 80 ms");
  for (const none of [{ published: 40 }, { asksInVain: true }])
    expect(judge({ ...burst, ...none, serverShare: 0.12 })).toMatchObject({ limiter: 'driver' });
});

test('other programs make a bad round worthless, and a good one no worse', () => {
  const noise = [flag('noisy-host', true)];
  expect(judge({ p99Ms: 300, serverShare: 0.99, flags: noise }).verdict).toBe('chance');
  expect(judge({ p99Ms: 20, flags: noise }).verdict).toBe('pass');
});

test('some other programs explain a few late messages, not a late median nor a full server', () => {
  const noise = [flag('noisy-host')];
  expect(judge({ p50Ms: 1, p99Ms: 300, flags: noise }).verdict).toBe('chance');
  expect(judge({ p50Ms: 200, p99Ms: 300, flags: noise }).verdict).toBe('fail');
  expect(judge({ p50Ms: 1, p99Ms: 300, serverShare: 0.95, flags: noise }).verdict).toBe('fail');
});

test('a bound on CPU is the server’s', () => {
  const slo = readSlo('p99<100ms,cpu<50%');
  expect(judge({ serverShare: 0.6 }, slo)).toMatchObject({ verdict: 'fail', limiter: 'server-cpu' });
  expect(judge({ serverShare: 0.3 }, slo).verdict).toBe('pass');
});

test('a full link is the limit where there is one', () => {
  const { bytes, windowMs, clients } = roundWith();
  const bits = (bytes.appDown * 8000) / windowMs / clients;
  expect(judge({ p99Ms: 300 }, SLO, bits * 1.05)).toMatchObject({ verdict: 'fail', limiter: 'bandwidth' });
  expect(judge({ p50Ms: 200, p99Ms: 300 }, SLO, bits * 3).limiter).toBe('latency');
});

test('a percentile that nobody could tell is no pass, and nothing against the server', () => {
  expect(judge({ p99Ms: null })).toMatchObject({ verdict: 'limit', limiter: 'noise' });
});

test('only a server far over its bound is clear at once', () => {
  expect(judge({ p99Ms: 300, serverShare: 0.96 }).isClear).toBe(true);
  expect(judge({ p99Ms: 120, serverShare: 0.96 }).isClear).toBe(false);
  expect(judge({ p99Ms: 900, serverShare: 0.3, p50Ms: 800 }).isClear).toBe(false);
});
