import { describe, expect, test } from 'vitest';
import type { Check } from '../../src/calibrate/check.ts';
import { bytes } from '../../src/calibrate/checks/bytes.ts';
import { clientStall } from '../../src/calibrate/checks/client-stall.ts';
import { conservation } from '../../src/calibrate/checks/conservation.ts';
import { cpuMemory } from '../../src/calibrate/checks/cpu-memory.ts';
import { crowd } from '../../src/calibrate/checks/crowd/crowd.ts';
import { delay } from '../../src/calibrate/checks/delay.ts';
import { drift } from '../../src/calibrate/checks/drift.ts';
import { generator } from '../../src/calibrate/checks/generator.ts';
import { mutation } from '../../src/calibrate/checks/mutation.ts';
import { sameness } from '../../src/calibrate/checks/sameness.ts';
import { stall } from '../../src/calibrate/checks/stall.ts';

const QUANTILES = [0.5, 0.75, 0.9, 0.95, 0.99];
const counts = { expected: 400, delivered: 360, lost: 40, duplicated: 40, reordered: 40 };
const indistinguishable = {
  ...{ transport: 'other', against: 'base', ratio: 1, low: 0.9, high: 1.1 },
  ...{ verdict: 'indistinguishable' as const, leastEffect: null, mannWhitneyP: null },
};

const served = { clients: 200 };
const pushed = (messages: number) => ({
  ...{ expected: messages, messages, requests: 0, appUp: 0, appDown: 66 * messages, packets: 2 * messages },
});
const asked = (messages: number, requestsPerMessage: number) => {
  const requests = messages * requestsPerMessage;
  const bytes = { appUp: 100.5 * requests, appDown: 250 * messages };
  return { expected: messages + 3, messages, requests, ...bytes, packets: 2.04 * messages };
};

/** What a sound instrument brings, and one number of it that is just too far off. */
const sound = {
  delay: {
    clockStepNs: 40,
    found: [1, 5, 25, 100].map((delayMs) => ({ delayMs, p50Ms: 0.8 + delayMs * 1.01 })),
  },
  stall: {
    ...{ windowMs: 1000, stallMs: 700, closedStallMs: 705 },
    seen: QUANTILES.map((q) => ({ q, ms: (700 - (1 - q) * 1000) * 1.04 })),
    closed: QUANTILES.map((q) => ({ q, ms: 2 })),
  },
  clientStall: {
    ...{ blockMs: 400, valid: false },
    flags: [{ code: 'driver-saturated' as const, message: '', fatal: true }],
  },
  bytes: [
    {
      ...{ what: 'websocket 64 B', deliveries: 60, formula: 3960, appUp: 0, appDown: 3960 },
      ...{ wire: 3960 + 52 * 120, packets: 120 },
    },
  ],
  conservation: { counted: counts, done: counts },
  cpuMemory: {
    ...{ meterUs: 1_495_000, kernelUs: 1_490_000, elapsedUs: 1_600_000, waitedUs: 100_000 },
    ...{ allocatedBytes: 2 ** 25, seenBytes: 2 ** 25 + 10_000 },
  },
  sameness: {
    ...{ quick: false, independent: 9, compared: 300, different: 16 },
    injected: [
      {
        ...{ metric: 'latencyP50Ms' as const, printed: 0.2, shown: 0.2 },
        ...{ dose: 0.5, recovered: 0.48, seen: 0.9 },
      },
      {
        ...{ metric: 'serverCpuPerMessageUs' as const, printed: 0.1, shown: 0.125 },
        ...{ dose: 1.5, recovered: 1.4, seen: 0.82 },
      },
    ],
  },
  generator: {
    ...{ latenessP99Ms: 0.5, latenessDiffersMs: 0.03, leastLatencyMs: 0.6 },
    twice: [
      { ...indistinguishable, metric: 'latencyP50Ms' as const },
      { ...indistinguishable, metric: 'appBytesPerMessage' as const },
    ],
    tellable: { latencyP50Ms: 0.2, appBytesPerMessage: 0 },
  },
  crowd: {
    tried: 2,
    served: [
      { ...served, transport: 'websocket', lean: pushed(4000), library: pushed(3800), cpuRatio: 1.2 },
      { ...served, transport: 'longpoll', lean: asked(4000, 0.99), library: asked(4000, 1), cpuRatio: 0.8 },
    ],
    cpu: { ratio: 1.05, low: 0.95, high: 1.2 },
    leastCpu: 0.2,
  },
  drift: {
    quick: false,
    halves: { median: 1.02, low: 0.98, high: 1.2 },
    yardstickSpread: 0.08,
    neighbour: { yardstickRatio: 1.9, codes: ['noisy-host', 'speed-drifted'] },
  },
};

function faults<E>(check: Check<E>, evidence: E): readonly string[] {
  return check.judge(evidence).faults;
}

function judged<E>(check: Check<E>, evidence: E) {
  describe(check.name, () => {
    test('passes sound evidence and shows figures', () => {
      const { faults, figure } = check.judge(evidence);
      expect(faults).toEqual([]);
      expect(figure).not.toMatch(/NaN|undefined|null|Infinity/);
    });
    test.each(check.mutants)('sees: $what', ({ of }) => {
      expect(faults(check, of(evidence))).not.toEqual([]);
      expect(check.judge(evidence).faults).toEqual([]);
    });
  });
}

judged(delay, sound.delay);
judged(stall, sound.stall);
judged(clientStall, sound.clientStall);
judged(bytes, sound.bytes);
judged(conservation, sound.conservation);
judged(cpuMemory, sound.cpuMemory);
judged(sameness, sound.sameness);
judged(generator, sound.generator);
judged(crowd, sound.crowd);
judged(drift, sound.drift);

test('limits are where they are said to be', () => {
  const slope = (by: number) => ({
    ...sound.delay,
    found: sound.delay.found.map(({ delayMs }) => ({ delayMs, p50Ms: 1 + delayMs * by })),
  });
  expect(faults(delay, slope(1.019))).toEqual([]);
  expect(faults(delay, slope(1.021))).toHaveLength(1);
  const alarms = (different: number) => ({ ...sound.sameness, different });
  expect(faults(sameness, alarms(27))).toEqual([]);
  expect(faults(sameness, alarms(28))).toHaveLength(1);
  expect(faults(sameness, alarms(2))).toHaveLength(1);
  const seen = (share: number) => ({
    ...sound.sameness,
    injected: sound.sameness.injected.map((one) => ({ ...one, seen: share })),
  });
  expect(faults(sameness, seen(0.8))).toEqual([]);
  expect(faults(sameness, seen(0.79))).toHaveLength(2);
});

test('one byte by one transport is seen, and a transport that could not be compared is said', () => {
  const [first, second] = sound.crowd.served;
  if (first === undefined || second === undefined) throw new Error('no evidence');
  const lean = { ...first.lean, appDown: first.lean.appDown + 1 };
  expect(faults(crowd, { ...sound.crowd, served: [{ ...first, lean }, second] })).toHaveLength(1);
  const underWay = { ...lean, expected: lean.messages + 200 };
  expect(faults(crowd, { ...sound.crowd, served: [{ ...first, lean: underWay }, second] })).toEqual([]);
  const found = crowd.judge({ ...sound.crowd, served: [second] });
  expect([found.faults, found.figure]).toEqual([[], expect.stringContaining('1 of 2 transports')]);
  const apart = { ...sound.crowd, cpu: { ratio: 1.3, low: 1.1, high: 1.5 } };
  expect(faults(crowd, apart)).toHaveLength(1);
  expect(faults(crowd, { ...apart, leastCpu: 0.31 })).toEqual([]);
});

test('without the kernel or a second core, the rest is judged and the lack is said', () => {
  const blind = sound.bytes.map((one) => ({ ...one, wire: null, packets: null }));
  expect(bytes.judge(blind)).toMatchObject({ faults: [] });
  expect(bytes.judge(blind).figure).toContain('not available');
  expect(drift.judge({ ...sound.drift, neighbour: null })).toMatchObject({ faults: [] });
});

test('a round without deliveries is no proof of exact bytes', () => {
  const empty = sound.bytes.map((one) => ({ ...one, deliveries: 0, formula: 0, appDown: 0, wire: null }));
  expect(faults(bytes, empty)).toHaveLength(1);
});

test('mutation fails over one mutant that a judge let pass, and is skipped where none was made', () => {
  const outcome = mutation([]);
  const ran = (noticed: boolean) => ({ outcome, mutants: [{ what: 'x: half', noticed }] });
  expect(mutation([]).state).toBe('skipped');
  expect(mutation([ran(true), ran(true)]).state).toBe('passed');
  expect(mutation([ran(true), ran(false)])).toMatchObject({
    state: 'failed',
    faults: ['not noticed: x: half'],
  });
});
