import { RtbenchError } from '../../errors.ts';
import { nowNs } from '../../instrument/clock.ts';
import { RoleProcess } from '../../instrument/role-process.ts';
import type { Endpoint, EndpointLoad, ResolvedScenario } from '../../measurements.ts';
import { transportOptions } from '../../plan/transport-options.ts';
import { coreShare } from '../../run/judge/evidence.ts';
import type { Surroundings } from '../../run/rounds.ts';
import type { ServerCalls } from '../../server/protocol.ts';
import { decodeHistogram, latencyOf } from '../../stats/index.ts';
import type { Timeline } from '../../timeline.ts';
import type { CannonCalls, CannonShare } from './protocol.ts';

type Server = RoleProcess<ServerCalls>;
type Cannon = RoleProcess<CannonCalls>;

/** Enough that the server always has the next question, few enough that it is not about sockets. */
const CONNECTIONS = 32;
const ARM_MS = 50;
const WARM_MS = 700;
const WINDOW_MS = 1000;
const FULL_SHARE = 0.9;

/** Asks a fresh polling server as fast as autocannon can: with nothing to tell, and with what an interval brings. */
export async function measureEndpoint(
  asked: ResolvedScenario,
  { pinning, namespace, certificate, signal }: Surroundings,
): Promise<Endpoint> {
  // Whatever the clients do otherwise: what is asked for here is what was published to everyone.
  const scenario: ResolvedScenario = { ...asked, application: 'broadcast' };
  const server: Server = new RoleProcess('server', pinning?.server, namespace?.enter);
  const cannon: Cannon = new RoleProcess('cannon', pinning?.clients, namespace?.enter);
  const end = async () => {
    await Promise.all([server.end(), cannon.end()]);
  };
  signal.addEventListener('abort', end);
  if (signal.aborted) end();
  try {
    const options = transportOptions(scenario);
    const about = {
      transport: 'polling',
      options,
      certificate,
      countWire: false,
      scenario,
      sabotage: null,
      others: null,
      node: 1,
      port: null,
    };
    const { port } = await server.ask('start', about);
    const url = `${certificate === null ? 'http' : 'https'}://127.0.0.1:${port}/`;
    const ca = certificate?.cert ?? null;
    const { paths, cursor } = await cannon.ask('open', { url, scenario, ca, sessions: CONNECTIONS });
    const target = { url, paths: paths.map((path) => `${path}/${cursor}`) };
    const loads = [await measureLoad(server, cannon, target, scenario, 0)];
    const messages = await publishInterval(server, scenario);
    if (messages > 0) loads.push(await measureLoad(server, cannon, target, scenario, messages));
    return { connections: CONNECTIONS, pollIntervalMs: scenario.pollIntervalMs, loads };
  } finally {
    signal.removeEventListener('abort', end);
    await end();
  }
}

/** Publishes what a poller finds after one interval; answers how many messages that are. */
async function publishInterval(server: Server, scenario: ResolvedScenario): Promise<number> {
  const { pollIntervalMs, ratePerSecond, payloadBytes } = scenario;
  const { logMessages, logBytes } = transportOptions(scenario);
  const most = Math.min(logMessages, Math.floor(logBytes / payloadBytes));
  const count = Math.min(most, Math.round((ratePerSecond * pollIntervalMs) / 1000));
  await server.ask('burst', { count });
  return count;
}

/** Always asking with the same cursor gets the same answer again. */
async function measureLoad(
  server: Server,
  cannon: Cannon,
  target: { readonly url: string; readonly paths: readonly string[] },
  { pollIntervalMs }: ResolvedScenario,
  messagesPerAnswer: number,
): Promise<EndpointLoad> {
  const windowStartUs = (ARM_MS + WARM_MS) * 1000;
  const windowEndUs = windowStartUs + WINDOW_MS * 1000;
  const timeline: Timeline = {
    ...{ epochNs: nowNs(), startUs: ARM_MS * 1000 },
    ...{ windowStartUs, windowEndUs, phaseEndsUs: [], lightEndUs: windowEndUs },
  };
  await server.ask('arm', { timeline, arrivals: null });
  const [share, { readings }] = await Promise.all([
    cannon.ask('fire', { ...target, timeline }),
    server.ask('collect', null),
  ]);
  checkAnswers(share);
  const serverCoreShare = coreShare(readings);
  const cannonCoreShare = coreShare(share.readings);
  const answersPerSecond = (share.answers * 1000) / WINDOW_MS;
  return {
    messagesPerAnswer,
    bytesPerAnswer: share.answerBytes / share.answers,
    answersPerSecond,
    clients: Math.floor((answersPerSecond * pollIntervalMs) / 1000),
    ...limitOf(serverCoreShare, cannonCoreShare),
    serverCoreShare,
    cannonCoreShare,
    latency: latencyOf(decodeHistogram(share.latencyHdr)),
  };
}

function limitOf(server: number, cannon: number): Pick<EndpointLoad, 'kind' | 'limiter'> {
  if (server > FULL_SHARE) return { kind: 'capacity', limiter: 'server-cpu' };
  return { kind: 'at-least', limiter: cannon > FULL_SHARE ? 'driver' : 'noise' };
}

function checkAnswers({ answers, failures }: CannonShare): void {
  if (failures === 0 && answers > 0) return;
  const what = answers === 0 ? 'no poll was answered' : `${failures} of ${answers} polls failed`;
  throw new RtbenchError('child', `Asking the polling endpoint: ${what}`);
}
