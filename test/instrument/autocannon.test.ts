import autocannon from 'autocannon';
import { expect, test } from 'vitest';
import { makePlan } from '../../src/plan/make.ts';
import { introduce, startProcesses } from '../../src/run/processes.ts';
import { layLink } from '../../src/run/round/distance.ts';
import { findTransport } from '../../src/transports/index.ts';
import { rtbench } from '../rtbench.ts';

const WORK = { clients: '40', rtt: '40ms', 'poll-interval': '100ms', rate: '20', duration: '2s' };

/** How long one poll takes from question to answer, as autocannon sees it through the same relay. */
async function answerMs(): Promise<number> {
  const polling = findTransport('polling');
  if (polling === undefined) throw new Error('no polling');
  const scenario = { name: 'asked', summary: '', application: 'broadcast', settings: {} } as const;
  const plan = makePlan(
    {
      ...{ command: [], transports: [polling], scenario, rounds: 1, isolate: 'off' },
      options: { clients: WORK.clients, rttMs: WORK.rtt },
    },
    { openFiles: 20_000 },
  );
  const place = { pinning: null, namespace: null, signal: new AbortController().signal };
  const processes = startProcesses(polling, plan.scenario, place);
  try {
    const about = { transport: 'polling', certificate: null, countWire: false };
    const [url = ''] = await introduce(processes, plan.scenario, about);
    await layLink(processes, plan.scenario);
    const opened = await fetch(new URL('session', url), { method: 'POST' });
    const { session, cursor } = JSON.parse(await opened.text());
    const answers: number[] = [];
    const cannon = autocannon({
      url: new URL(`session/${session}/${cursor}`, url).href,
      connections: 1,
      duration: 2,
      sampleInt: 100,
    });
    cannon.on('response', (_client, _status, _bytes, responseMs) => answers.push(responseMs));
    await cannon;
    // The first answer holds the connection's own round trip.
    const rest = answers.slice(1);
    return rest.reduce((sum, ms) => sum + ms, 0) / rest.length;
  } finally {
    await processes.end();
  }
}

test("polling's latency is what autocannon's answer times make it: half an interval, half an answer", async () => {
  const options = Object.entries(WORK).flatMap(([name, value]) => [`--${name}`, value]);
  const { stdout } = await rtbench(['run', '--transport', 'polling', ...options, '--rounds', '1', '--json']);
  const [{ latency }] = JSON.parse(stdout).rounds;
  const takesMs = await answerMs();
  expect(takesMs).toBeGreaterThan(40);
  const expectedMs = (100 + takesMs) / 2 + takesMs / 2;
  expect(latency.meanMs / expectedMs).toBeGreaterThan(0.9);
  expect(latency.meanMs / expectedMs).toBeLessThan(1.1);
});
