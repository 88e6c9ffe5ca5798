import { expect, test } from 'vitest';
import { readSlo } from '../../src/capacity/slo.ts';
import { makeStep } from '../../src/capacity/step.ts';
import { RtbenchError } from '../../src/errors.ts';
import type { Round } from '../../src/measurements.ts';
import { flag, roundWith, scenario } from './rounds.ts';

const SLO = readSlo('p99<100ms');
const good = roundWith({ p99Ms: 20 });
const edge = roundWith({ p99Ms: 95 });
const bad = roundWith({ p99Ms: 120, serverShare: 0.95 });
const driven = roundWith({ p99Ms: 120, flags: [flag('driver-saturated', true)] });
const noisy = roundWith({ p99Ms: 120, flags: [flag('noisy-host', true)] });

/** Makes a step of these rounds, the last of them again and again. */
function stepOf(rounds: readonly (Round | Error | undefined)[], isTimeOver = () => false) {
  let index = 0;
  const runRound = async () => {
    const round = rounds[Math.min(index++, rounds.length - 1)];
    if (round instanceof Error) throw round;
    return round;
  };
  return makeStep(scenario, 20, SLO, runRound, isTimeOver);
}

test.each([
  ['a clear pass needs one round', [good, bad], { verdict: 'pass', rounds: 1, spoilt: 0 }],
  ['a pass near the edge is confirmed', [edge, edge], { verdict: 'pass', rounds: 2 }],
  ['a pass near the edge can be refuted', [edge, bad, bad], { verdict: 'fail', rounds: 3 }],
  ['a single bad round is outvoted', [bad, good, good], { verdict: 'pass', rounds: 3 }],
  ['a bad load is confirmed', [bad, bad], { verdict: 'fail', limiter: 'server-cpu', rounds: 2 }],
  [
    'where the driver may have been it, nothing is claimed',
    [driven, bad],
    { verdict: 'limit', limiter: 'driver' },
  ],
  ['what chance spoilt is made again', [noisy, noisy, good], { verdict: 'pass', rounds: 1, spoilt: 2 }],
  [
    'too much of it is the machine’s limit',
    [noisy],
    { verdict: 'limit', limiter: 'noise', rounds: 0, spoilt: 4 },
  ],
])('%s', async (_, rounds, expected) => {
  expect(await stepOf(rounds)).toMatchObject(expected);
});

test('a round that cannot be run names the machine’s limit, and has no figures', async () => {
  const failing = (why: string) => stepOf([new RtbenchError('child', why)]);
  expect(await failing('The clients process failed: connect EMFILE 127.0.0.1:80')).toMatchObject({
    verdict: 'limit',
    limiter: 'open-files',
    latency: null,
    serverCoreShare: null,
    flags: [],
  });
  expect(await failing('connect EADDRNOTAVAIL')).toMatchObject({ limiter: 'ports' });
  expect(await failing('The server process ended with SIGKILL.')).toMatchObject({ limiter: 'failure' });
});

test('when the time is over, what there is decides', async () => {
  expect(await stepOf([edge], () => true)).toMatchObject({ verdict: 'pass', rounds: 1 });
  expect(await stepOf([noisy], () => true)).toMatchObject({ verdict: 'limit', limiter: 'noise', spoilt: 1 });
});

test('an interrupted round is no step', async () => {
  expect(await stepOf([edge, undefined])).toBeUndefined();
});

test('a step tells the figures of a round that stands for it', async () => {
  const { server, delivery, windowMs } = edge;
  expect(await stepOf([bad, edge, edge])).toMatchObject({
    value: 20,
    clients: scenario.clients,
    latency: { p99Ms: 95 },
    lost: 0,
    serverCoreShare: (server.cpuUserUs + server.cpuSystemUs) / windowMs / 1000,
    deliveriesPerSecond: (delivery.arrivedInWindow * 1000) / windowMs,
  });
});
