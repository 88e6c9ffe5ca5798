import { describe, expect, it } from 'vitest';
import type { Round } from '../../src/measurements.ts';
import { METRIC_KEYS } from '../../src/measurements.ts';
import { metricOf, metrics } from '../../src/stats/index.ts';
import { sampleReport } from '../report/sample.ts';

const [sample] = sampleReport({ transports: ['longpoll'], rounds: 1 }).rounds;
if (sample === undefined) throw new Error('no sample');

const NO_WIRE = { wire: null, wireUp: null, wireDown: null, packets: null };

/** 1,000 deliveries of 64 bytes to 10 clients in one second, 20 ms of CPU, 900 of them lighter. */
const round: Round = {
  ...sample,
  clients: 10,
  windowMs: 1000,
  delivery: { ...sample.delivery, expected: 1000, delivered: 990, lost: 10, arrivedInWindow: 1000 },
  bytes: { payload: 64_000, appUp: 6000, appDown: 94_000, ...NO_WIRE },
  requests: 50,
  server: {
    ...sample.server,
    cpuUserUs: 12_000,
    cpuSystemUs: 8000,
    heapBytes: 50_000,
    heapIdleBytes: 10_000,
    light: { windowMs: 500, cpuUs: 2500, arrived: 50 },
  },
};

const server = (changed: Partial<Round['server']>): Round => ({
  ...round,
  server: { ...round.server, ...changed },
});
const delivery = (changed: Partial<Round['delivery']>): Round => ({
  ...round,
  delivery: { ...round.delivery, ...changed },
});

describe('a metric', () => {
  it.each([
    ['deliveredRatio', 0.99],
    ['appBytesPerMessage', 100],
    ['wireBytesPerMessage', null],
    ['overheadRatio', 100_000 / 64_000],
    ['requestsPerMessage', 0.05],
    ['serverCpuPerMessageUs', 20],
    ['serverCpuPercent', 2],
    ['memoryPerClientBytes', 4000],
    ['latencyP50Ms', sample.latency.p50Ms],
    ['latencyP90Ms', sample.latency.p90Ms],
    ['latencyP99Ms', sample.latency.p99Ms],
    ['latencyMaxMs', sample.latency.maxMs],
    ['connectP50Ms', sample.connect.p50Ms],
  ] as const)('%s is %d', (key, value) => {
    expect(metricOf(round, key)).toBe(value);
  });

  it('tells fixed and marginal cost from two loads', () => {
    // 20 µs a ms at 1 a ms, 5 µs a ms at 0.1 a ms: 16.67 a delivery and 3.33 µs a ms, a third of a percent.
    expect(metricOf(round, 'serverCpuMarginalUs')).toBeCloseTo(15 / 0.9, 10);
    expect(metricOf(round, 'serverCpuFixedPercent')).toBeCloseTo((20 - 15 / 0.9) / 10, 10);
  });

  it.each([
    ['no second load', server({ light: null })],
    ['loads too alike', server({ light: { windowMs: 500, cpuUs: 8000, arrived: 400 } })],
    ['a negative slope', server({ light: { windowMs: 500, cpuUs: 20_000, arrived: 50 } })],
    ['nothing delivered', delivery({ arrivedInWindow: 0 })],
  ])('tells neither with %s', (_, doubtful) => {
    expect(metricOf(doubtful, 'serverCpuMarginalUs')).toBeNull();
    expect(metricOf(doubtful, 'serverCpuFixedPercent')).toBeNull();
  });

  it("tells the wire's bytes and packets where the kernel did", () => {
    const wired = { ...round, bytes: { ...round.bytes, wire: 170_000, packets: 2000 } };
    expect(metricOf(wired, 'wireBytesPerMessage')).toBe(170);
    expect(metricOf(wired, 'packetsPerMessage')).toBe(2);
  });

  it('tells CPU in millionths of the yardstick around its round', () => {
    const host = { ...round.host, yardstickBeforeUs: 9000, yardstickAfterUs: 11_000 };
    const told = (yardstickCpuUs: number | null) =>
      metricOf({ ...round, host: { ...host, yardstickCpuUs } }, 'serverCpuPerMessageYardsticks');
    expect(told(8000)).toBe(2500);
    // The first reports had its time by the clock only.
    expect(told(null)).toBe(2000);
  });

  it('has no value where it would divide by nothing', () => {
    const idle = { ...delivery({ arrivedInWindow: 0, expected: 0, delivered: 0 }), clients: 0, windowMs: 0 };
    const empty = { ...idle, bytes: { ...idle.bytes, payload: 0 } };
    const valued = METRIC_KEYS.filter((key) => metricOf(empty, key) !== null);
    const latencies = ['latencyP50Ms', 'latencyP90Ms', 'latencyP99Ms', 'latencyMaxMs', 'latencyMeanMs'];
    expect(valued).toEqual([...latencies, 'connectP50Ms']);
  });

  it('does not let a collected heap make memory negative', () => {
    expect(metricOf(server({ heapBytes: 5000 }), 'memoryPerClientBytes')).toBe(0);
  });

  it('says for each which way is better', () => {
    const higher = METRIC_KEYS.filter((key) => metrics[key].better === 'higher');
    expect(higher).toEqual(['deliveredRatio', 'localDeliveredRatio', 'remoteDeliveredRatio']);
  });
});
