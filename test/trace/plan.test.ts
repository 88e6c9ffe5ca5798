import { expect, test } from 'vitest';
import type { Scenario } from '../../src/plan/scenario.ts';
import type { WrittenSettings } from '../../src/plan/settings.ts';
import { loadScenario } from '../../src/scenarios.ts';
import { makeTracePlan } from '../../src/trace/index.ts';
import { findTransport } from '../../src/transports/index.ts';

const broadcast = await loadScenario('broadcast');
const FACTS = { openFiles: 20_000 };

interface Asked {
  readonly transport?: string;
  readonly messages?: string;
  readonly fault?: string;
  readonly scenario?: Scenario;
  readonly options?: WrittenSettings;
}

function plan({ transport = 'websocket', messages = '3', fault, scenario = broadcast, options = {} }: Asked) {
  const found = findTransport(transport);
  if (found === undefined) throw new Error(transport);
  const request = { command: ['trace'], transports: [found], scenario, options };
  return makeTracePlan(request, { messages, ...(fault !== undefined && { fault }) }, FACTS);
}

test('one client, and pauses so short that one can wait for them, where nobody says otherwise', () => {
  const { scenario, messages, fault } = plan({});
  expect({ messages, fault }).toEqual({ messages: 3, fault: null });
  expect(scenario).toMatchObject({ clients: 1, pollIntervalMs: 200, holdMs: 300, heartbeatMs: 500 });
  expect(plan({ options: { pollIntervalMs: '1s', holdMs: '2s' } }).scenario).toMatchObject({
    pollIntervalMs: 1000,
    holdMs: 2000,
  });
});

test('silence is noticed soon where it is a fault, and later over a distance', () => {
  const timeouts = ['0', '50ms', '4s'].map(
    (rttMs) => plan({ fault: 'link-hole', options: { rttMs } }).scenario.heartbeatTimeoutMs,
  );
  expect(timeouts).toEqual([2000, 2200, 18_000]);
  const written = { rttMs: '1s', heartbeatMs: '5s/3s' };
  expect(plan({ fault: 'link-hole', options: written }).scenario.heartbeatTimeoutMs).toBe(3000);
  expect(plan({}).scenario.heartbeatTimeoutMs).toBe(20_000);
});

test('a scenario of many clients, phases and nodes is traced with one of each', async () => {
  for (const name of ['burst', 'cluster', 'chat', 'liveness', 'multiplex', 'exchange', 'churn', 'idle']) {
    const { scenario } = plan({ scenario: await loadScenario(name) });
    expect(scenario).toMatchObject({ clients: 1, nodes: 1, phases: [], faults: [], balancer: 'none' });
  }
});

test.each<[string, Asked]>([
  ['--messages to be an integer from 1 to 50, got `0`', { messages: '0' }],
  ['--messages to be an integer from 1 to 50, got `51`', { messages: '51' }],
  ['--messages to be an integer from 1 to 50, got `1e1`', { messages: '1e1' }],
  ['at most 4 of 1048576 bytes, got `5`', { messages: '5', options: { payloadBytes: '1MiB' } }],
  ['--fault to be one of link-cut, link-hole', { fault: 'storm' }],
  ['one that polling notices, which asks for no WebSocket', { transport: 'polling', fault: 'upgrade-403' }],
  ['one that socketio-polling notices', { transport: 'socketio-polling', fault: 'upgrade-dropped' }],
  ['one that websocket notices, whose answers do not come in parts', { fault: 'buffering' }],
  ['--messages to be at least 3 with link-cut', { fault: 'link-cut', messages: '2' }],
])('refuses with the option and the value: %s', (sentence, asked) => {
  expect(() => plan(asked)).toThrow(
    expect.objectContaining({ code: 'usage', message: expect.stringContaining(sentence) }),
  );
});

test('what goes wrong is shown where the server speaks, and what crosses where it can be read', async () => {
  const chat = await loadScenario('chat');
  expect(() => plan({ scenario: chat, fault: 'link-cut' })).toThrow('--fault to be left out with chat');
  const secret = { ...broadcast, settings: { ...broadcast.settings, tls: true } };
  expect(() => plan({ scenario: secret })).toThrow('tls to be off in a trace');
});
