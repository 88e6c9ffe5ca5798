import { describe, expect, it } from 'vitest';
import type { Prediction, Round } from '../../src/measurements.ts';
import { type Circumstances, deviationsOf } from '../../src/run/judge/deviations.ts';
import { sampleReport } from '../report/sample.ts';

const [SAMPLE] = sampleReport({ transports: ['websocket'], rounds: 1 }).rounds;
if (SAMPLE === undefined) throw new Error('no round');

// 200 clients, 40 messages in two seconds.
const DELIVERIES = 8000;
const ROUND: Round = {
  ...SAMPLE,
  bytes: { ...SAMPLE.bytes, appUp: 90 * DELIVERIES, appDown: 270 * DELIVERIES },
  requests: DELIVERIES,
  emptyResponses: 0,
  latency: { ...SAMPLE.latency, meanMs: 26, maxMs: 24 },
  crowdLatency: { ...SAMPLE.crowdLatency, maxMs: 24 },
  server: { ...SAMPLE.server, cpuUserUs: DELIVERIES * 10, cpuSystemUs: 0 },
  driver: { ...SAMPLE.driver, cpuUs: (DELIVERIES * 10 * 192) / 200 },
};

const MODEL: Prediction = {
  requestsPerMessage: 1,
  emptyShare: 0,
  appUpPerMessage: 90,
  appDownPerMessage: 270,
  packetsPerMessage: 3,
  bytesExact: true,
  latencyMeanMs: 25,
  latencyP50Ms: 25,
  latencyP99Ms: 25,
};

const AROUND: Circumstances = {
  family: 'longpoll',
  arrivals: 'periodic',
  witnesses: 8,
  slipP90Ms: 0,
  readLateMs: 0,
};

function deviations(
  round: Partial<Round>,
  model: Partial<Prediction> = {},
  around: Partial<Circumstances> = {},
) {
  return deviationsOf({ ...ROUND, ...round }, { ...MODEL, ...model }, { ...AROUND, ...around });
}

function bytes(appUp: number, appDown: number) {
  return { bytes: { ...ROUND.bytes, appUp, appDown } };
}

function mean(meanMs: number, more: Partial<Round> = {}): Partial<Round> {
  return { ...more, latency: { ...ROUND.latency, meanMs } };
}

describe('deviations from the model', () => {
  it('are none where all is as predicted', () => {
    expect(deviations({})).toEqual([]);
  });

  it('begin with one byte where the protocol leaves nothing to chance', () => {
    const found = deviations(bytes(90 * DELIVERIES, 270 * DELIVERIES + 1));
    expect(found).toEqual(['2160001 bytes down in the window, exactly 2160000 predicted']);
  });

  it('allow what a late message carries over the window’s ends, and no more', () => {
    const late = { latency: { ...ROUND.latency, maxMs: 26 } };
    const down = (broadcasts: number) => bytes(90 * DELIVERIES, 270 * (DELIVERIES + 200 * broadcasts));
    expect(deviations({ ...late, ...down(2) })).toEqual([]);
    expect(deviations({ ...late, ...down(2.1) })).toHaveLength(1);
    expect(deviations(down(2))).toHaveLength(1);
    expect(deviations(down(2), {}, { readLateMs: 26 })).toEqual([]);
  });

  it('leave a tenth to chance elsewhere', () => {
    const rough = { bytesExact: false };
    expect(deviations(bytes(90 * DELIVERIES, 290 * DELIVERIES), rough)).toEqual([]);
    expect(deviations(bytes(90 * DELIVERIES, 310 * DELIVERIES), rough)).toHaveLength(1);
  });

  it('tell requests that are too many, and too few only where no busy machine explains them', () => {
    expect(deviations({ requests: DELIVERIES * 1.2 })).toHaveLength(1);
    // 5 ms of work in a period of 50 ms may put a tenth more into one answer.
    expect(deviations({ requests: DELIVERIES * 0.85 })).toEqual([]);
    expect(deviations({ requests: DELIVERIES * 0.7 })).toHaveLength(1);
  });

  it('tell a share of empty answers beyond a tenth', () => {
    expect(deviations({ emptyResponses: DELIVERIES * 0.09 })).toEqual([]);
    expect(deviations({ emptyResponses: DELIVERIES * 0.12 })).toHaveLength(1);
  });

  it('tell latency beyond a tenth, the work of one broadcast and a millisecond', () => {
    // 27.5 + 200 x 20 µs + 1 ms.
    expect(deviations(mean(32.4))).toEqual([]);
    expect(deviations(mean(32.6))).toEqual(['mean latency 32.6 ms, 25.0 ms predicted']);
    expect(deviations(mean(32.6), {}, { slipP90Ms: 0.2 })).toEqual([]);
    const link = { lateP50Ms: 0.1, lateP99Ms: 0.2, connections: 200 };
    expect(deviations(mean(32.6, { link }))).toEqual([]);
  });

  it('tell latency below what distance takes', () => {
    expect(deviations(mean(21.2))).toEqual([]);
    expect(deviations(mean(20))).toHaveLength(1);
  });

  it('leave latency to the flags that explain it', () => {
    const flag = { message: '', fatal: false };
    expect(deviations(mean(90, { flags: [{ ...flag, code: 'noisy-host' }] }))).toEqual([]);
    expect(deviations(mean(90, { flags: [{ ...flag, code: 'too-few-samples' }] }))).toHaveLength(1);
  });

  it('allow for the phases that pollers happen to have', () => {
    const polls = {
      requestsPerMessage: 0.05,
      bytesExact: false,
      appUpPerMessage: null,
      appDownPerMessage: null,
    };
    const model = { ...polls, latencyMeanMs: 500, latencyP50Ms: 500, latencyP99Ms: 990 };
    const around = { family: 'polling', witnesses: 30 } as const;
    const round = { ...mean(600), requests: DELIVERIES / 20 };
    expect(deviations(round, model, around)).toEqual([]);
    expect(deviations({ ...round, ...mean(750) }, model, around)).toHaveLength(1);
  });

  it('say nothing of what is not predicted', () => {
    const nothing = {
      requestsPerMessage: null,
      emptyShare: null,
      appUpPerMessage: null,
      appDownPerMessage: null,
    };
    const wild = { ...bytes(1, 1), ...mean(900), requests: 3 };
    expect(deviations(wild, { ...nothing, bytesExact: false, latencyMeanMs: null })).toEqual([]);
  });
});
