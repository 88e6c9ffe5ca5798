import { expect, test } from 'vitest';
import type { Report, Round } from '../../src/measurements.ts';
import { rtbench } from '../rtbench.ts';

const CALL = [
  'compare',
  '--transports',
  'all',
  '--clients',
  '4',
  '--rate',
  '8',
  '--duration',
  '500ms',
  '--warmup',
  '0',
  '--poll-interval',
  '100ms',
  '--rounds',
  '1',
  '--json',
];

/** By how many bytes the window differs from what was predicted, both ways together. */
function bytesOff({ bytes, delivery, model }: Round): number {
  const perMessage = (model?.appUpPerMessage ?? Number.NaN) + (model?.appDownPerMessage ?? Number.NaN);
  return Math.abs(bytes.appUp + bytes.appDown - perMessage * delivery.arrivedInWindow);
}

test('a real round of each transport agrees with its model, to the byte where nothing is left to chance', async () => {
  const { stdout } = await rtbench(CALL);
  const report: Report = JSON.parse(stdout);
  const names = (rounds: readonly Round[]) => rounds.map(({ transport }) => transport).toSorted();
  expect(report.rounds).toHaveLength(8);
  const exact = report.rounds.filter(({ model }) => model?.bytesExact);
  const chance = report.rounds.filter((round) => !exact.includes(round));
  expect(names(chance)).toEqual(['polling']);
  // A machine so busy that a message is late by half a period may carry it over the window's end.
  const punctual = exact.filter(({ latency, windowMs, delivery }) => {
    return (latency.maxMs ?? Number.POSITIVE_INFINITY) < windowMs / delivery.published / 2;
  });
  expect(punctual.filter((round) => bytesOff(round) > 0.01)).toEqual([]);
  expect(punctual.length).toBeGreaterThan(0);
  // Where the machine was too busy to keep its instants, other flags say so.
  const deviating = report.rounds.filter(
    ({ flags }) => flags.length === 1 && flags[0]?.code === 'model-deviates',
  );
  expect(names(deviating)).toEqual([]);
});

test('bytes inside TLS are not predicted, the rest is', async () => {
  const { stdout } = await rtbench([
    ...'run --transport longpoll --tls --clients 2 --rate 10 --duration 300ms'.split(' '),
    ...'--rounds 1 --json'.split(' '),
  ]);
  const report: Report = JSON.parse(stdout);
  expect(report.rounds[0]?.model).toMatchObject({
    appUpPerMessage: null,
    appDownPerMessage: null,
    bytesExact: false,
    requestsPerMessage: 1,
  });
});
