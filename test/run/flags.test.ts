import { type ChildProcess, spawn } from 'node:child_process';
import { expect, test } from 'vitest';
import { choosePinning } from '../../src/instrument/pinning.ts';
import type { ResolvedScenario, Round } from '../../src/measurements.ts';
import { runPlan } from '../../src/run/index.ts';
import { rtbench } from '../rtbench.ts';

const FAULTS = new URL('./faults.ts', import.meta.url).href;
const CALL = [
  'run',
  '--clients',
  '20',
  '--rate',
  '20',
  '--duration',
  '1s',
  '--warmup',
  '200ms',
  '--rounds',
  '1',
  '--json',
];

async function roundUnder(fault: string, transport = 'websocket'): Promise<Round> {
  const env = { NODE_OPTIONS: `--import=${FAULTS}`, RTBENCH_TEST_FAULT: fault };
  const { stdout } = await rtbench([...CALL, '--transport', transport], env);
  return JSON.parse(stdout).rounds[0];
}

function codes(round: Round): string[] {
  return round.flags.map((flag) => flag.code);
}

function isFatal(round: Round, code: string): boolean | undefined {
  return round.flags.find((flag) => flag.code === code)?.fatal;
}

test('a round without trouble accounts for every message and bears no flag of delivery', async () => {
  const round = await roundUnder('none');
  expect(round.delivery).toMatchObject({
    published: 20,
    expected: 400,
    delivered: 400,
    lost: 0,
    duplicated: 0,
    reordered: 0,
  });
  const ofDelivery = [
    'messages-lost',
    'messages-unexpected',
    'clients-dropped',
    'transport-mismatch',
    'too-few-samples',
  ];
  expect(codes(round).filter((code) => ofDelivery.includes(code))).toEqual([]);
});

test('one dropped message is one lost, and the round is invalid', async () => {
  const round = await roundUnder('drops-a-message');
  expect(round.delivery).toMatchObject({ expected: 400, delivered: 399, lost: 1 });
  expect(isFatal(round, 'messages-lost')).toBe(true);
  expect(round.valid).toBe(false);
});

test('one repeated message is one duplicate, and nothing is lost', async () => {
  const round = await roundUnder('repeats-a-message');
  expect(round.delivery).toMatchObject({ expected: 400, delivered: 400, lost: 0, duplicated: 1 });
});

test('a message that comes after its successor is one reordered', async () => {
  const round = await roundUnder('swaps-two-messages');
  expect(round.delivery).toMatchObject({ expected: 400, delivered: 400, lost: 0, reordered: 1 });
});

test('a message that nobody sent is unexpected', async () => {
  const round = await roundUnder('invents-a-message');
  expect(isFatal(round, 'messages-unexpected')).toBe(true);
});

test('a connection that ends by itself is a dropped client', async () => {
  const round = await roundUnder('cuts-a-connection');
  expect(isFatal(round, 'clients-dropped')).toBe(true);
});

test('a refused upgrade leaves socket.io on polling: a mismatch', async () => {
  const round = await roundUnder('refuses-upgrades', 'socketio');
  expect(isFatal(round, 'transport-mismatch')).toBe(true);
  expect(round.delivery.lost).toBe(0);
});

test('eight bytes that the protocol does not need differ from the model', async () => {
  const round = await roundUnder('pings-beside-a-message');
  expect(round.bytes.appUp).toBe(6);
  expect(isFatal(round, 'model-deviates')).toBe(false);
  expect(round.delivery.delivered).toBe(400);
});

test('a busy loop in the clients is told as theirs', async () => {
  const round = await roundUnder('busy-clients');
  expect(isFatal(round, 'witness-late')).toBe(true);
});

test('a busy loop in a driver saturates it', async () => {
  const env = { NODE_OPTIONS: `--import=${FAULTS}`, RTBENCH_TEST_FAULT: 'busy-clients' };
  const { stdout } = await rtbench([...CALL, '--transport', 'websocket', '--clients', '40'], env);
  expect(isFatal(JSON.parse(stdout).rounds[0], 'driver-saturated')).toBe(true);
});

test('a busy relay is late, and the latency that it added is not taken for the distance', async () => {
  const env = { NODE_OPTIONS: `--import=${FAULTS}`, RTBENCH_TEST_FAULT: 'busy-relay' };
  const { stdout } = await rtbench([...CALL, '--transport', 'websocket', '--rtt', '10ms'], env);
  const round: Round = JSON.parse(stdout).rounds[0];
  expect(isFatal(round, 'link-late')).toBe(true);
  expect(round.delivery.lost).toBe(0);
});

test('a busy server is saturated, which is a finding and not a fault', async () => {
  const round = await roundUnder('busy-server');
  expect(isFatal(round, 'server-saturated')).toBe(false);
});

test('a stopped server publishes late, and the messages that waited say so', async () => {
  const round = await roundUnder('stops-the-server');
  expect(isFatal(round, 'generator-slipped')).toBeDefined();
  expect(round.delivery.lost).toBe(0);
  expect(round.latency.maxMs).toBeGreaterThan(200);
});

test('a cost that falls within the window is still warming', async () => {
  expect(codes(await roundUnder('cold-half'))).toContain('still-warming');
});

test('a latency that climbs within the window is not stationary', async () => {
  expect(isFatal(await roundUnder('overload'), 'not-stationary')).toBe(true);
});

test('a second program that burns a core is noise, and --strict exits 3', async () => {
  const burner = spawn(process.execPath, ['-e', 'for(;;);'], { stdio: 'ignore' });
  try {
    const { stdout, code } = await rtbench([...CALL, '--transport', 'websocket', '--strict']);
    expect(isFatal(JSON.parse(stdout).rounds[0], 'noisy-host')).toBe(true);
    expect(code).toBe(3);
  } finally {
    burner.kill('SIGKILL');
  }
});

test('a round too short for a p99 says so', async () => {
  const { stdout } = await rtbench([
    ...CALL,
    '--transport',
    'websocket',
    '--duration',
    '300ms',
    '--clients',
    '3',
  ]);
  const [round] = JSON.parse(stdout).rounds;
  expect(codes(round)).toContain('too-few-samples');
  expect(round.latency.p99Ms).toBeNull();
});

const pinning = choosePinning();

test.skipIf(pinning === null)("a neighbour that comes to the server's core changes its speed", async () => {
  const { stdout } = await rtbench([...CALL, '--transport', 'websocket', '--dry-run']);
  const scenario: ResolvedScenario = JSON.parse(stdout).scenario;
  const burn = ['--cpu-list', String(pinning?.server.join(',')), process.execPath, '-e', 'for(;;);'];
  const burners: ChildProcess[] = [];
  const report = await runPlan(
    { command: [], transports: ['websocket'], isolate: 'off', scenario },
    (event) => {
      const over = event.kind === 'stage' && event.stage === 'draining';
      if (over) for (const _ of [1, 2]) burners.push(spawn('taskset', burn, { stdio: 'ignore' }));
    },
    new AbortController().signal,
  );
  for (const burner of burners) burner.kill('SIGKILL');
  expect(report.rounds.flatMap(codes)).toContain('speed-drifted');
});
