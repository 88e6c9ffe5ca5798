import { Chalk } from 'chalk';
import { expect, it } from 'vitest';
import type { Prediction, Round } from '../../src/measurements.ts';
import { formats } from '../../src/report/index.ts';
import { sampleReport } from './sample.ts';

const look = { columns: 10_000, chalk: new Chalk({ level: 0 }) };

const MODEL: Prediction = {
  requestsPerMessage: 1,
  emptyShare: 0,
  appUpPerMessage: 90,
  appDownPerMessage: 275,
  packetsPerMessage: 3,
  bytesExact: true,
  latencyMeanMs: 25,
  latencyP50Ms: 25,
  latencyP99Ms: 25,
};

/** A round with so many bytes more than predicted, and 26 ms on average. */
function modelled(moreBytes: number, model: Partial<Prediction> = {}) {
  return (round: Round): Round => ({
    ...round,
    bytes: {
      ...round.bytes,
      appUp: 90 * round.delivery.arrivedInWindow,
      appDown: 275 * round.delivery.arrivedInWindow + moreBytes,
    },
    latency: { ...round.latency, meanMs: 26 },
    model: { ...MODEL, ...model },
  });
}

function lineOf(change: (round: Round) => Round): string {
  const report = sampleReport({ transports: ['longpoll'], change });
  return /^Model +(.*)$/m.exec(formats.table(report, look))?.[1] ?? '';
}

it('stands beside the measurement with the deviation', () => {
  const latency = 'mean latency 25.0 ms, 26.0 (+4.0%)';
  expect(lineOf(modelled(0))).toBe(
    `365.0 B a message predicted, 365.0 measured (exact) · 1.00 requests, 1.00 · ${latency}`,
  );
  expect(lineOf(modelled(80_000))).toContain('365.0 B a message predicted, 375.0 measured (+2.7%)');
});

it('leaves out what is not predicted, and itself where nothing is', () => {
  const nothing = { appUpPerMessage: null, requestsPerMessage: null };
  expect(lineOf(modelled(0, nothing))).toBe('mean latency 25.0 ms, 26.0 (+4.0%)');
  expect(lineOf((round) => round)).toBe('');
});

it('the legend tells whose every byte is explained', () => {
  const change = (round: Round) => {
    const more = { longpoll: 0, streaming: 0, polling: 80_000 }[round.transport];
    return more === undefined ? round : modelled(more)(round);
  };
  const told = 'Bytes agree with the formulas exactly for longpoll and streaming, within 3% for polling.';
  expect(formats.table(sampleReport({ change }), look)).toContain(told);
  expect(formats.markdown(sampleReport({ change }), look)).toContain(told);
  expect(formats.table(sampleReport(), look)).not.toContain('formulas');
});

it('a CSV has it in columns of its own', () => {
  const report = sampleReport({ transports: ['longpoll'], rounds: 1, change: modelled(0) });
  const [head = '', row = ''] = formats.csv(report, look).split('\r\n');
  const cells = row.split(',');
  const at = (name: string) => cells[head.split(',').indexOf(name)];
  expect([at('modelAppUpPerMessage'), at('modelAppDownPerMessage'), at('modelLatencyMeanMs')]).toEqual([
    '90',
    '275',
    '25',
  ]);
});
