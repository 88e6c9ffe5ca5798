import { expect, test } from 'vitest';
import type { Report } from '../../src/measurements.ts';
import { rtbench } from '../rtbench.ts';

const SMALL = '--clients 12 --warmup 300ms --poll-interval 150ms --rounds 1 --isolate off --json --quiet';

async function compared(call: string): Promise<Report> {
  const { code, stdout, stderr } = await rtbench([
    ...`compare --transports all ${call}`.split(' '),
    ...SMALL.split(' '),
  ]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return JSON.parse(stdout);
}

// Side by side: only counts are looked at.
test.concurrent('idle says nothing by any transport, and notes windows that hold beats unevenly', async () => {
  const { rounds } = await compared('--scenario idle --duration 600ms');
  expect(rounds).toHaveLength(8);
  for (const { transport, delivery, latency, flags } of rounds) {
    expect(delivery, transport).toMatchObject({ published: 0, expected: 0, delivered: 0, lost: 0 });
    expect(latency.samples, transport).toBe(0);
    const isUneven = flags.some(({ code }) => code === 'window-uneven');
    expect(isUneven, transport).toBe(transport !== 'polling');
  }
}, 90_000);

test.concurrent('churn accounts for every message by any transport, whoever leaves or is cut off', async () => {
  const { rounds } = await compared('--scenario churn --churn 100% --storm 50% --rate 20 --duration 900ms');
  expect(rounds).toHaveLength(8);
  for (const { transport, delivery, churn } of rounds) {
    expect(delivery.expected, transport).toBeGreaterThan(0);
    const { lost, duplicated, misdirected, delivered } = delivery;
    expect({ lost, duplicated, misdirected, delivered }, transport).toEqual({
      lost: 0,
      duplicated: 0,
      misdirected: 0,
      delivered: delivery.expected,
    });
    // Who is still on the way back when the window ends is not cut off any more.
    const { joins = 0, leaves = 0, cuts = 0, failed } = churn ?? {};
    expect({ joins, failed, cut: cuts > 0 && cuts <= 6 }, transport).toEqual({
      joins: leaves + cuts,
      failed: 0,
      cut: true,
    });
  }
}, 90_000);

test.concurrent('a chat loses, repeats and misdirects nothing by any transport, and stores all that is said', async () => {
  const { rounds } = await compared('--scenario chat --history sqlite --rate 20 --duration 500ms');
  expect(rounds).toHaveLength(8);
  for (const { transport, delivery, history } of rounds) {
    const { expected, delivered, lost, duplicated, misdirected, published } = delivery;
    expect(expected, transport).toBeGreaterThan(0);
    expect({ delivered, lost, duplicated, misdirected }, transport).toEqual({
      delivered: expected,
      lost: 0,
      duplicated: 0,
      misdirected: 0,
    });
    expect(history, transport).toMatchObject({
      mode: 'write-through',
      stored: published,
      lost: 0,
      error: null,
    });
    expect(history?.cpuUsPerMessage, transport).toBeGreaterThan(0);
  }
}, 90_000);
