import autocannon from 'autocannon';
import { nowNs } from '../../instrument/clock.ts';
import { readCpu, readWindow } from '../../instrument/meter.ts';
import { serveRole } from '../../instrument/role-process.ts';
import type { ResolvedScenario } from '../../measurements.ts';
import { transportOptions } from '../../plan/transport-options.ts';
import { createHistogram, encodeHistogram, recordUs } from '../../stats/index.ts';
import { readingInstantsNs, type Timeline } from '../../timeline.ts';
import { askOnce } from '../../transports/http/client/whole.ts';
import { openLeanLine } from '../../transports/http/lean/line.ts';
import { SESSION_PATH } from '../../transports/http/protocol.ts';
import type { CannonCalls, CannonShare, Sessions } from './protocol.ts';

async function openSessions(
  url: string,
  scenario: ResolvedScenario,
  ca: string | null,
  sessions: number,
): Promise<Sessions> {
  const line = openLeanLine(new URL(url), {
    ...transportOptions(scenario),
    random: Math.random,
    ...(ca !== null && { ca }),
  });
  const paths: string[] = [];
  let from = 0;
  for (let index = 0; index < sessions; index++) {
    const { status, body } = await askOnce((asker) => line.post(SESSION_PATH, '', asker));
    if (status !== 201) throw new Error(`the server answered ${status} to a new session`);
    const { session, cursor }: Partial<Record<string, unknown>> = JSON.parse(body.toString());
    paths.push(`${SESSION_PATH}/${session}`);
    from = Number(cursor);
  }
  await line.close();
  return { paths, cursor: from };
}

const POLL_ANSWERS = [200, 204];
const SPARE_SECONDS = 5;

async function fire(url: string, paths: readonly string[], timeline: Timeline): Promise<CannonShare> {
  const [startNs = 0, , endNs = 0] = readingInstantsNs(timeline);
  const latency = createHistogram();
  let [answers, answerBytes, failures, clients] = [0, 0, 0, 0];
  const cannon = autocannon({
    url,
    connections: paths.length,
    // It is stopped at the window's end; its own clock only ends what went wrong.
    duration: Math.ceil((endNs - nowNs()) / 1e9) + SPARE_SECONDS,
    sampleInt: 100,
    // Each connection polls for a session of its own.
    setupClient: (client) =>
      client.setRequests([{ method: 'GET', path: paths[clients++ % paths.length] ?? '/' }]),
  });
  cannon.on('response', (_client, status, bytes, responseTimeMs) => {
    const atNs = nowNs();
    if (atNs < startNs || atNs >= endNs) return;
    answers += 1;
    answerBytes += bytes;
    if (!POLL_ANSWERS.includes(status)) failures += 1;
    // autocannon's own percentiles are whole milliseconds.
    recordUs(latency, responseTimeMs * 1000);
  });
  cannon.on('reqError', () => {
    failures += 1;
  });
  const { readings } = await readWindow(readingInstantsNs(timeline), readCpu);
  cannon.stop();
  await cannon;
  return { answers, answerBytes, failures, latencyHdr: encodeHistogram(latency), readings };
}

/** The body of the process that holds autocannon. */
export function serve(): void {
  serveRole<CannonCalls>({
    open: ({ url, scenario, ca, sessions }) => openSessions(url, scenario, ca, sessions),
    fire: ({ url, paths, timeline }) => fire(url, paths, timeline),
  });
}
