import { expect, test } from 'vitest';
import { findApplication } from '../../src/applications/index.ts';
import { makePlan } from '../../src/plan/make.ts';
import type { WrittenUntil } from '../../src/plan/settings.ts';
import { metricOf } from '../../src/stats/index.ts';
import { findTransport } from '../../src/transports/index.ts';
import { rtbench } from '../rtbench.ts';

function planned(options: Readonly<Record<string, string>>, until: WrittenUntil = {}) {
  const websocket = findTransport('websocket');
  return makePlan(
    {
      command: ['run'],
      transports: websocket ? [websocket] : [],
      scenario: { name: 'idle', summary: 'silence', application: 'idle', settings: {} },
      rounds: 3,
      isolate: 'auto',
      options,
      until,
    },
    { openFiles: 20_000 },
  );
}

test('nobody speaks, so --rate plays no part, and few witnesses suffice', () => {
  expect(findApplication('idle').speaker).toBe('nobody');
  const { scenario } = planned({ clients: '5000', ratePerSecond: '50' });
  expect(scenario).toMatchObject({ clients: 5000, ratePerSecond: 0, witnesses: 4 });
});

test('a precision is asked of what a client costs in a minute, if of nothing else', () => {
  expect(planned({ rounds: 'auto' }).until?.metric).toBe('serverCpuPerClientMinuteMs');
  const until = { precisionOf: 'appBytesPerClientMinute' };
  expect(planned({ rounds: 'auto' }, until).until?.metric).toBe('appBytesPerClientMinute');
  expect(() => planned({ rounds: '3' }, until)).toThrow(/--precision-of/);
});

test('a round in which nothing is due is whole: no message, no figure per message, and each poll counted', async () => {
  const { code, stdout } = await rtbench([
    ...'run --scenario idle --transport polling --clients 6 --duration 600ms --warmup 0'.split(' '),
    ...'--poll-interval 100ms --rounds 1 --isolate off --json --quiet'.split(' '),
  ]);
  expect(code).toBe(0);
  const [round] = JSON.parse(stdout).rounds;
  expect(round.delivery).toMatchObject({ published: 0, expected: 0, delivered: 0, lost: 0 });
  expect(round.latency).toMatchObject({ p50Ms: null, meanMs: null, samples: 0 });
  expect(round.server.light).toBeNull();
  expect(round.server.alone.windowMs).toBeGreaterThan(0);
  const codes = round.flags.map((flag: { code: string }) => flag.code);
  const ofMessages = ['too-few-samples', 'still-warming', 'not-stationary', 'generator-slipped'];
  expect(codes.filter((one: string) => ofMessages.includes(one) || one.startsWith('messages'))).toEqual([]);
  expect(codes).not.toContain('window-uneven');
  // Six clients ask about every 100 ms; a busy machine makes that seldomer, never oftener.
  expect(round.requests).toBeGreaterThan(6);
  expect(round.requests).toBeLessThanOrEqual(42);
  expect(round.emptyResponses).toBe(round.requests);
  const absent = ['latencyP50Ms', 'deliveredRatio', 'appBytesPerMessage', 'serverCpuPerMessageUs'] as const;
  for (const key of absent) expect(metricOf(round, key), key).toBeNull();
  expect(metricOf(round, 'requestsPerClientMinute')).toBeCloseTo(round.requests * (100 / 6));
});
