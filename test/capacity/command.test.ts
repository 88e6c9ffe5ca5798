import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { capacitySchema } from '../../src/report/index.ts';
import { allGone } from '../marked.ts';
import { BIN, rtbench } from '../rtbench.ts';

// What other programs do beside the tests would spoil rounds, and is not what is tested.
const FAULTS = new URL('../calibrate/faults.ts', import.meta.url).href;
const QUIET = { NODE_OPTIONS: `--import=${FAULTS}` };
const SMALL = ['--clients', '8', '--duration', '300ms', '--isolate', 'off'];

test('a real search climbs to its end and says what ended it', async () => {
  const call = ['capacity', '--transport', 'ws', '--slo', 'p50<1m', '--rate', '20', '--to', '40', ...SMALL];
  const { code, stdout, stderr } = await rtbench([...call, '--json'], QUIET);
  expect({ code, stderr }).toMatchObject({
    code: 0,
    stderr: expect.stringContaining('websocket · 8 clients × 40 msg/s'),
  });
  const { transports, slo, vary } = capacitySchema.parse(JSON.parse(stdout));
  expect({ slo, vary }).toEqual({ slo: [{ figure: 'p50', limit: 60_000, inclusive: false }], vary: 'rate' });
  const [found] = transports;
  expect(found?.steps.map(({ value, verdict }) => [value, verdict])).toEqual([
    [20, 'pass'],
    [40, 'pass'],
  ]);
  expect(found?.answer).toMatchObject({ kind: 'at-least', value: 40, limiter: 'bounds', failsAt: null });
  // 8 clients, each due 40 messages a second.
  expect(found?.answer.deliveriesPerSecond ?? 0).toBeGreaterThan(0.8 * 320);
  expect(found?.endpoint).toBeNull();
});

test('polling that cannot meet the bound says so, and its endpoint is asked with autocannon', async () => {
  const call = [
    'capacity',
    '--transport',
    'polling',
    '--slo',
    'p50<1ms',
    '--rate',
    '20',
    '--from',
    '20',
    ...SMALL,
  ];
  const { code, stdout } = await rtbench([...call, '--poll-interval', '200ms', '--json'], QUIET);
  expect(code).toBe(0);
  const [found] = capacitySchema.parse(JSON.parse(stdout)).transports;
  expect(found?.answer).toMatchObject({ kind: 'none', value: null, failsAt: 20 });
  const loads = found?.endpoint?.loads ?? [];
  expect(loads.map(({ messagesPerAnswer }) => messagesPerAnswer)).toEqual([0, 4]);
  for (const { answersPerSecond, clients, bytesPerAnswer, messagesPerAnswer, latency, ...load } of loads) {
    expect(answersPerSecond).toBeGreaterThan(0);
    expect(clients).toBe(Math.floor(answersPerSecond / 5));
    expect(latency.samples).toBe(answersPerSecond);
    // The payload of each message in quotes, and whatever is around it.
    expect(bytesPerAnswer).toBeGreaterThan(messagesPerAnswer * 66);
    expect(load.kind === 'capacity').toBe(load.serverCoreShare > 0.9);
  }
});

test('Ctrl-C keeps the finished steps and leaves nothing behind', async () => {
  const mark = `capacity-${process.pid}`;
  const env = { ...process.env, ...QUIET, RTBENCH_TEST_MARK: mark };
  const call = ['capacity', '--transport', 'ws', '--slo', 'p50<1m', '--rate', '20', ...SMALL, '--json'];
  const command = spawn(process.execPath, [BIN, ...call], { env });
  const [stdout, stderr] = [text(command.stdout), text(command.stderr)];
  await once(command.stderr, 'data');
  command.kill('SIGINT');
  const [code] = await once(command, 'close');
  expect(code).toBe(130);
  expect(await stderr).toMatch(/rtbench: Interrupted; 1 finished step is kept\n$/);
  const { interrupted, transports } = capacitySchema.parse(JSON.parse(await stdout));
  expect(interrupted).toBe(true);
  expect(transports[0]?.steps).toHaveLength(1);
  expect(transports[0]?.answer).toMatchObject({ kind: 'at-least', value: 20, limiter: 'time' });
  expect(await allGone(mark)).toBe(true);
});
