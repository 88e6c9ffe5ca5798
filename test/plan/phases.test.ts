import { expect, test } from 'vitest';
import { defaults, fields, type Setting, type Settings } from '../../src/plan/fields/index.ts';
import { makePlan } from '../../src/plan/make.ts';
import { readScenario, type Scenario } from '../../src/plan/scenario.ts';
import { readSettings, settingNames, type WrittenSettings } from '../../src/plan/settings.ts';
import { transports } from '../../src/transports/index.ts';

const BARE: Scenario = { name: 'bare', summary: 'nothing set', application: 'broadcast', settings: {} };
const HEAD = 'name: mine\nsummary: what it is\napplication: broadcast\n';
const THREE = 'steady 2s 20, burst 500ms 200, ramp 1s 1..51';

function planOf(options: WrittenSettings, scenario = BARE, names = ['websocket', 'longpoll']) {
  const chosen = transports.filter(({ name }) => names.includes(name));
  const request = { command: [], transports: chosen, scenario, rounds: 3, isolate: 'auto', options };
  return makePlan(request, { openFiles: 20_000 }).scenario;
}
const withSettings = (settings: Partial<Settings>) => ({ ...BARE, settings });
const fromFile = (text: string) => readScenario(HEAD + text, 'mine.yaml');

test('phases say how long the window is, and what its mean rate is', () => {
  const scenario = planOf({ phases: THREE });
  expect(scenario.phases).toHaveLength(3);
  // 40, 100 and 26 messages in 3.5 seconds.
  expect(scenario).toMatchObject({ durationMs: 3500, ratePerSecond: 166 / 3.5 });
});

test('phases win over a rate and a duration that they are put over, and none brings both back', () => {
  const even = withSettings({ ratePerSecond: 5, durationMs: 300 });
  expect(planOf({ phases: THREE }, even).durationMs).toBe(3500);
  const uneven = fromFile(`phases: ${THREE}\n`);
  expect(planOf({ phases: 'none', ratePerSecond: '7' }, uneven)).toMatchObject({
    phases: [],
    ratePerSecond: 7,
    durationMs: defaults.durationMs,
  });
});

test.each<[WrittenSettings, string, string]>([
  [
    { ratePerSecond: '7' },
    `phases: ${THREE}\n`,
    'Expected --rate to be left out, since there are phases, got `7`',
  ],
  [
    { durationMs: '2s' },
    `phases: ${THREE}\n`,
    'Expected --duration to be left out, since there are phases, got `2s`',
  ],
  [{ phases: THREE, durationMs: '2s' }, '', 'Expected --duration to be left out'],
  [{ phases: 'steady 2s' }, '', 'Expected --phases to be none, or up to 20 phases of 100ms to 1h in all'],
  [{ phases: 'a 1s 5, a 1s 6' }, '', 'each a NAME of its own'],
  [{ phases: 'a 1s 5,' }, '', 'Expected --phases'],
  [{ phases: 'a 1s 5..6..7' }, '', 'Expected --phases'],
  [{ phases: 'a 1s 10001' }, '', 'Expected --phases'],
  [{ phases: 'a 50ms 5' }, '', 'Expected --phases'],
  [{ phases: 'a 1h 5, b 1s 5' }, '', 'Expected --phases'],
  [{ phases: '' }, '', 'Expected --phases'],
  [{ phases: Array.from({ length: 21 }, (_, at) => `p${at} 1s 5`).join(',') }, '', 'Expected --phases'],
  [
    { phases: 'quiet 1s 0' },
    '',
    'Expected --phases to be phases in one of which a message is due, got `quiet`',
  ],
  [
    {},
    'phases: a 1s 0.4, b 1s 0.4, c 1s 0.4\n',
    'Expected `phases` (mine.yaml, line 4) to be phases in one of which',
  ],
  [{ phases: 'a 1h 10000' }, '', 'at most 1000000000'],
  [
    {},
    'clients: 90000\n',
    'Expected `clients` (mine.yaml, line 4) to be at most 19800 with longpoll, got `90000`',
  ],
  [{}, 'jitter: 5ms\n', 'Expected `jitter` (mine.yaml, line 4) to be at most the half of --rtt'],
  [{ durationMs: '100ms' }, 'rate: 1\n', 'Expected --duration to be at least 1000ms'],
  [
    { ratePerSecond: '1' },
    'duration: 100ms\n',
    'Expected `duration` (mine.yaml, line 4) to be at least 1000ms',
  ],
])('%j over %j is refused', (options, text, message) => {
  expect(() => planOf(options, text === '' ? BARE : fromFile(text))).toThrow(message);
});

test('each phase gets witnesses enough, not only the window', () => {
  const few = planOf({ clients: '200', phases: 'long 10s 100, short 100ms 60' });
  expect(few.witnesses).toBe(100);
  expect(planOf({ clients: '200', phases: 'long 10s 100, quiet 100ms 0' }).witnesses).toBe(4);
});

const OWN =
  'hold: 3s\nheartbeat: 9s\ntransports:\n  ws: { heartbeat: 1s, headers: minimal }\n  longpoll: { hold: 2s }\n';

test('single transports keep what differs for them, those that are run, and an option wins', () => {
  const all = planOf({}, fromFile(OWN));
  expect(all.transports).toEqual({ longpoll: { holdMs: 2000 }, websocket: { heartbeatMs: 1000 } });
  expect(all).toMatchObject({ holdMs: 3000, heartbeatMs: 9000 });
  expect(planOf({}, fromFile(OWN), ['longpoll']).transports).toEqual({ longpoll: { holdMs: 2000 } });
  expect(planOf({ holdMs: '5s' }, fromFile(OWN)).transports).toEqual({ websocket: { heartbeatMs: 1000 } });
});

/** What a file might say of each setting, and an option otherwise. */
const OTHERWISE: Readonly<Record<Setting, readonly [file: string, option: string]>> = {
  clients: ['50', '60'],
  crowd: ['library', 'lean'],
  ratePerSecond: ['5', '6'],
  arrivals: ['poisson', 'periodic'],
  payloadBytes: ['100', '200'],
  payloadKind: ['binary', 'text'],
  durationMs: ['2s', '3s'],
  phases: ['a 1s 5', 'b 1s 6'],
  warmupMs: ['2s', '3s'],
  rounds: ['2', '3'],
  seed: ['5', '6'],
  pollIntervalMs: ['2s', '3s'],
  holdMs: ['2s', '3s'],
  longpollBatch: ['off', 'on'],
  heartbeatMs: ['2s', '3s'],
  socketioAgent: ['default', 'keep-alive'],
  headers: ['browser', 'minimal'],
  tls: ['on', 'off'],
  rttMs: ['50ms', '60ms'],
  jitterMs: ['0', '0'],
  bandwidthBitsPerSecond: ['1mbit', '2mbit'],
  roomSize: ['6', '7'],
  history: ['sqlite', 'none'],
  historyMode: ['write-behind', 'write-through'],
  historyLast: ['5', '6'],
  symbols: ['50', '60'],
  subscriptions: ['5', '6'],
  conflate: ['on', 'off'],
  channels: ['2', '3'],
  multiplex: ['connections', 'tagged'],
  slowChannel: ['on', 'off'],
  churnPerSecond: ['20%', '30%'],
  stormShare: ['20%', '30%'],
  faults: ['storm at 10ms', 'link-cut at 10ms for 20ms'],
  heartbeatTimeoutMs: ['2s', '3s'],
  recovery: ['on', 'off'],
  nodes: ['2', '3'],
  adapter: ['redis', 'cluster'],
  redis: ['own', 'redis://127.0.0.1:6379'],
  redisClient: ['node-redis', 'ioredis'],
  redisErrors: ['unhandled', 'handled'],
  balancer: ['nginx', 'haproxy'],
  sticky: ['on', 'on'],
  balancerMistake: ['none', 'none'],
};

test.each(settingNames)('what a file says of %s holds, and an option wins over it', (setting) => {
  const [file, option] = OTHERWISE[setting];
  const scenario = fromFile(`${fields[setting].option}: ${file}\n`);
  expect(planOf({}, scenario)).toMatchObject(readSettings({ [setting]: file }, () => ''));
  expect(planOf({ [setting]: option }, scenario)).toMatchObject(
    readSettings({ [setting]: option }, () => ''),
  );
});
