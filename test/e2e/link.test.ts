import { expect, test } from 'vitest';
import type { Report, Round } from '../../src/measurements.ts';
import { decodeHistogram } from '../../src/stats/index.ts';
import { rtbench } from '../rtbench.ts';

const CALL = ['--clients', '20', '--duration', '1s', '--rounds', '1', '--json', '--rate', '20'];

async function reportOf(...args: readonly string[]): Promise<Report> {
  const { stdout, code, stderr } = await rtbench([...args, ...CALL]);
  expect(code, stderr).toBe(0);
  return JSON.parse(stdout);
}

function leastMs({ latency }: Round): number {
  return decodeHistogram(latency.hdr).minNonZeroValue / 1000;
}

test('over a distance nothing arrives before half a round trip, and asking again costs the other half', async () => {
  const rttMs = 100;
  const { rounds } = await reportOf('compare', '--transports', 'ws,longpoll', '--rtt', `${rttMs}ms`);
  const [ws, longpoll] = ['websocket', 'longpoll'].map((name) =>
    rounds.find(({ transport }) => transport === name),
  );
  if (ws === undefined || longpoll === undefined) throw new Error('a round is missing');
  for (const round of [ws, longpoll]) {
    expect(round.delivery).toMatchObject({
      expected: 400,
      delivered: 400,
      lost: 0,
      duplicated: 0,
      reordered: 0,
    });
    expect(leastMs(round)).toBeGreaterThanOrEqual(rttMs / 2);
    // TCP's handshake and one request.
    expect(round.connect.p50Ms).toBeGreaterThanOrEqual(2 * rttMs);
    expect(round.link?.connections).toBe(20);
  }
  // With a message every 50 ms, all but one in two wait for the next request to come.
  expect(longpoll.latency.p50Ms).toBeGreaterThan(ws.latency.p50Ms ?? Number.POSITIVE_INFINITY);
  expect(longpoll.requests).toBeLessThan(longpoll.delivery.delivered);
});

test('a narrow link holds each message until its last bit has passed', async () => {
  const link = ['--payload', '10KiB', '--bandwidth', '4mbit'];
  const { rounds, scenario } = await reportOf('run', '--transport', 'streaming', '--tls', ...link);
  const [round] = rounds;
  if (round === undefined) throw new Error('the round is missing');
  expect(scenario).toMatchObject({ rttMs: 0, bandwidthBitsPerSecond: 4e6 });
  expect(round.delivery).toMatchObject({ expected: 400, delivered: 400, lost: 0 });
  expect(leastMs(round)).toBeGreaterThanOrEqual((10_240 * 8) / 4000);
});

test('without a link there is no relay and no word of one', async () => {
  const { rounds } = await reportOf('run', '--transport', 'ws');
  expect(rounds[0]?.link).toBeNull();
});
