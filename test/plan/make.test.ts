import { expect, test } from 'vitest';
import { defaults } from '../../src/plan/fields/index.ts';
import { makePlan, witnessCount } from '../../src/plan/make.ts';
import type { Scenario } from '../../src/plan/scenario.ts';
import type { WrittenSettings, WrittenUntil } from '../../src/plan/settings.ts';
import { transportOptions } from '../../src/plan/transport-options.ts';
import { findTransport } from '../../src/transports/index.ts';

const BARE: Scenario = { name: 'bare', summary: 'nothing set', application: 'broadcast', settings: {} };

function plan(
  options: WrittenSettings,
  settings: Scenario['settings'] = {},
  openFiles = 20_000,
  name = 'websocket',
  until: WrittenUntil = {},
) {
  const transport = findTransport(name);
  const transports = transport ? [transport] : [];
  return makePlan(
    {
      command: ['run'],
      transports,
      scenario: { ...BARE, settings },
      rounds: 3,
      isolate: 'auto',
      options,
      until,
    },
    { openFiles },
  );
}

test('defaults hold where nothing is said, and rounds are those of the command', () => {
  expect(plan({})).toEqual({
    command: ['run'],
    transports: ['websocket'],
    isolate: 'auto',
    until: null,
    scenario: {
      name: 'bare',
      summary: 'nothing set',
      application: 'broadcast',
      ...defaults,
      rounds: 3,
      witnesses: 30,
    },
  });
});

test('the scenario wins over the defaults, and an option over the scenario', () => {
  const { scenario } = plan({ clients: '7', tls: 'true' }, { clients: 50, rounds: 9, payloadBytes: 128 });
  expect(scenario).toMatchObject({ clients: 7, rounds: 9, payloadBytes: 128, tls: true });
});

test.each<[WrittenSettings, string]>([
  [{ clients: '0' }, 'Expected --clients to be a positive integer, got `0`'],
  [{ clients: '-5' }, 'Expected --clients to be a positive integer, got `-5`'],
  [{ clients: '1e99' }, 'Expected --clients to be a positive integer, got `1e99`'],
  [{ clients: '9'.repeat(30) }, 'Expected --clients to be a positive integer'],
  [{ ratePerSecond: '0' }, 'Expected --rate to be a number of messages per second'],
  [{ ratePerSecond: '99999' }, 'Expected --rate to be a number of messages per second'],
  [
    { payloadBytes: '15' },
    'Expected --payload to be a size from 16 (the stamp that every message bears) to 1MiB',
  ],
  [{ payloadBytes: '1048577' }, 'got `1048577`'],
  [{ payloadKind: 'Text' }, 'Expected --payload-kind to be text or binary, got `Text`'],
  [{ durationMs: '99ms' }, 'Expected --duration to be a time from 100ms to 1h'],
  [{ durationMs: '61m' }, 'Expected --duration to be a time from 100ms to 1h'],
  [{ warmupMs: '-1s' }, 'Expected --warmup to be a time from 0'],
  [{ rounds: '1001' }, 'Expected --rounds to be an integer from 1 to 1000, or auto, got `1001`'],
  [{ rounds: '1.5' }, 'got `1.5`'],
  [{ seed: 'x' }, 'Expected --seed to be an integer'],
  [{ pollIntervalMs: '0' }, 'Expected --poll-interval to be a time from 1ms'],
  [{ holdMs: 'long' }, 'Expected --hold to be a time'],
  [{ heartbeatMs: '2h' }, 'Expected --heartbeat to be a time'],
  [{ arrivals: 'uniform' }, 'Expected --arrivals to be periodic or poisson, got `uniform`'],
  [{ longpollBatch: 'maybe' }, 'Expected --longpoll-batch to be on or off, got `maybe`'],
  [{ socketioAgent: 'none' }, 'Expected --socketio-agent to be keep-alive or default'],
  [{ headers: 'curl' }, 'Expected --headers to be minimal or browser'],
])('%j is refused', (options, message) => {
  expect(() => plan(options)).toThrow(message);
});

test.each<WrittenSettings>([
  { clients: '1' },
  { payloadBytes: '16' },
  { payloadBytes: '1MiB' },
  { durationMs: '100ms' },
  { warmupMs: '0' },
  { rounds: '1000' },
  { seed: '0' },
])('%j is as far as it goes', (options) => {
  expect(() => plan(options)).not.toThrow();
});

test('clients stop where the open files do, and the error says what to do', () => {
  expect(plan({ clients: '800' }, {}, 1000).scenario.clients).toBe(800);
  expect(() => plan({ clients: '801' }, {}, 1000)).toThrow(
    /^Expected --clients to be at most 800 with websocket, got `801`: .* 1000 files\..*ulimit -n/,
  );
  expect(() => plan({ clients: '100' }, {}, 100)).toThrow('at most 0');
  expect(plan({ clients: '1000000' }, {}, Number.POSITIVE_INFINITY).scenario.clients).toBe(1_000_000);
});

test('a transport with more sockets a client allows fewer clients', () => {
  const sockets = findTransport('socketio-polling')?.socketsPerClient ?? 0;
  expect(sockets).toBeGreaterThan(1);
  const most = Math.floor(800 / sockets);
  expect(() => plan({ clients: String(most) }, {}, 1000, 'socketio-polling')).not.toThrow();
  expect(() => plan({ clients: String(most + 1) }, {}, 1000, 'socketio-polling')).toThrow(
    `at most ${most} with socketio-polling`,
  );
});

test('a relay holds both ends of every connection, and its open files count', () => {
  const link = { rttMs: '50ms' };
  expect(() => plan({ ...link, clients: '400' }, {}, 1000)).not.toThrow();
  expect(() => plan({ ...link, clients: '401' }, {}, 1000)).toThrow(
    /at most 400 with websocket, got `401`: the link's relay holds 2 sockets for each client .* 1000 files/,
  );
  expect(() => plan({ bandwidthBitsPerSecond: '1mbit', clients: '401' }, {}, 1000)).toThrow('at most 400');
});

test('several nodes hold as many clients each, unless all of them pass through one process', () => {
  expect(() => plan({ nodes: '3', clients: '2400' }, {}, 1000)).not.toThrow();
  expect(() => plan({ nodes: '3', clients: '2401' }, {}, 1000)).toThrow(
    /at most 2400 with websocket, got `2401`: each of 3 server processes holds 1 socket .* Take fewer clients or --nodes 4, or raise/,
  );
  expect(() => plan({ nodes: '3', clients: '50000' }, {}, 1000)).toThrow(/Take fewer clients, or raise/);
  expect(() => plan({ nodes: '3', clients: '401', rttMs: '50ms' }, {}, 1000)).toThrow(
    /at most 400 with websocket, got `401`: the link's relay holds 2 sockets for each client/,
  );
  expect(() => plan({ nodes: '3', clients: '401', balancer: 'nginx' }, {}, 1000)).toThrow(
    /at most 400 with websocket, got `401`: nginx holds 2 sockets for each client/,
  );
});

test('the process of the witnesses has its open files too', () => {
  const brief = { nodes: '3', clients: '300', ratePerSecond: '1', durationMs: '5s' };
  expect(() => plan(brief, {}, 300)).toThrow("at most 200 with websocket, got `300`: the witnesses' process");
});

test('a window in which nothing is due, and one that would never end, are refused', () => {
  expect(() => plan({ ratePerSecond: '0.2', durationMs: '4s' })).toThrow(
    'Expected --duration to be at least 5000ms at 0.2 messages per second, got `4000ms`',
  );
  expect(() => plan({ ratePerSecond: '10000', durationMs: '1h' })).toThrow('at most 1000000000');
});

test.each([
  [1, 20, 1250, 1],
  [20, 20, 1250, 20],
  [21, 20, 1250, 10],
  [200, 20, 1250, 24],
  [200, 1000, 10_000, 4],
  [200, 0.2, 20_000, 100],
])(
  'of %i clients at %d per second for %i ms, %i are witnesses',
  (clients, ratePerSecond, durationMs, count) => {
    expect(witnessCount({ clients, ratePerSecond, durationMs })).toBe(count);
  },
);

test('transports learn what concerns them, and their bounds hold the largest payload', () => {
  const { scenario } = plan({ payloadBytes: '1MiB', pollIntervalMs: '250ms', longpollBatch: 'off' });
  const options = transportOptions(scenario);
  expect(options).toMatchObject({ pollIntervalMs: 250, longpollBatch: false, holdMs: 25_000 });
  expect(options.maxMessageBytes).toBeGreaterThan((scenario.payloadBytes * 4) / 3);
});

test('--rounds auto goes on until a precision is reached, by option or by scenario', () => {
  const usual = { metric: 'serverCpuPerMessageUs', precision: 0.05, maxTimeMs: 180_000 };
  expect(plan({ rounds: 'auto' }).until).toEqual(usual);
  expect(plan({}, { rounds: 'auto' }).until).toEqual(usual);
  expect(plan({ rounds: '4' }, { rounds: 'auto' })).toMatchObject({ until: null, scenario: { rounds: 4 } });
  const asked = { precision: '2.5%', precisionOf: 'latencyP50Ms', maxTime: '90s' };
  expect(plan({ rounds: 'auto' }, {}, 20_000, 'websocket', asked).until).toEqual({
    metric: 'latencyP50Ms',
    precision: 0.025,
    maxTimeMs: 90_000,
  });
});

test.each<[WrittenSettings, WrittenUntil, string]>([
  [{ rounds: 'auto' }, { precision: '5' }, 'Expected --precision to be from 0.1% to 100%, got `5`'],
  [{ rounds: 'auto' }, { precision: '0%' }, 'got `0%`'],
  [{ rounds: 'auto' }, { maxTime: '3' }, 'Expected --max-time to be a time from 1s to 24h, got `3`'],
  [{ rounds: 'auto' }, { precisionOf: 'latencyP50' }, 'got `latencyP50`. Did you mean `latencyP50Ms`?'],
  [{}, { precision: '5%' }, 'Expected --precision to be left out, or to come with --rounds auto, got `5%`'],
  [{ rounds: '5' }, { maxTime: '1m' }, 'Expected --max-time to be left out'],
])('%j with %j is refused', (options, until, message) => {
  expect(() => plan(options, {}, 20_000, 'websocket', until)).toThrow(message);
});
