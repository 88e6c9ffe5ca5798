import { findApplication } from '../applications/index.ts';
import type { Transport } from '../contracts.ts';
import { hasLink } from '../instrument/link/way.ts';
import type { ResolvedScenario } from '../measurements.ts';
import { expected } from './wording.ts';

/** What the machine allows; infinite where it sets no limit. */
export interface Facts {
  readonly openFiles: number;
}

/** Files that a server process holds besides its clients' sockets: libraries, pipes, listeners, what is closing. */
const SPARE_FILES = 200;

/** Beyond this a round neither ends in reasonable time nor fits in memory. */
export const MAX_DELIVERIES = 1e9;

/** Refuses what this machine cannot hold or what nothing could be learned from. */
export function checkLimits(
  scenario: ResolvedScenario,
  transports: readonly Transport[],
  facts: Facts,
): void {
  for (const transport of transports) checkOpenFiles(scenario, transport, facts);
  checkWork(scenario);
  checkLink(scenario);
}

/** The link's relay holds both ends of each of the server's connections. */
const RELAY_ENDS = 2;

/** How many clients of a transport the machine's open files allow. */
export function mostClients(scenario: ResolvedScenario, transport: Transport, { openFiles }: Facts): number {
  const [, sockets] = socketsPerClientOf(scenario, transport);
  return Math.max(0, Math.floor((openFiles - SPARE_FILES) / sockets));
}

function socketsPerClientOf(
  scenario: ResolvedScenario,
  { socketsPerClient }: Transport,
): readonly [holder: string, sockets: number] {
  return hasLink(scenario)
    ? ["the link's relay", RELAY_ENDS * socketsPerClient]
    : ['one server process', socketsPerClient];
}

function checkOpenFiles(scenario: ResolvedScenario, transport: Transport, facts: Facts): void {
  const { clients } = scenario;
  const most = mostClients(scenario, transport, facts);
  if (clients <= most) return;
  const [holder, sockets] = socketsPerClientOf(scenario, transport);
  const reason =
    `: ${holder} holds ${sockets} socket${sockets === 1 ? '' : 's'} for each client` +
    ` and may open ${facts.openFiles} files. Take fewer clients, or raise the limit (as root: \`ulimit -n\`)`;
  throw expected('--clients', `at most ${most} with ${transport.name}`, String(clients), reason);
}

function checkWork(scenario: ResolvedScenario): void {
  const { clients, ratePerSecond, durationMs, application } = scenario;
  const perSecond = findApplication(application).messagesPerSecond(scenario);
  if ((perSecond * durationMs) / 1000 < 1 && findApplication(application).speaker !== 'nobody') {
    const least = `at least ${Math.ceil(1000 / perSecond)}ms at ${ratePerSecond} messages per second`;
    throw expected('--duration', least, `${durationMs}ms`, ', in which no message would be due');
  }
  const deliveries = (clients * ratePerSecond * durationMs) / 1000;
  if (deliveries > MAX_DELIVERIES) {
    const product = 'the deliveries of a round (--clients x --rate x --duration)';
    throw expected(product, `at most ${MAX_DELIVERIES}`, String(deliveries));
  }
}

function checkLink({ rttMs, jitterMs }: ResolvedScenario): void {
  if (jitterMs <= rttMs / 2) return;
  throw expected('--jitter', `at most the half of --rtt, ${rttMs / 2}ms`, `${jitterMs}ms`);
}
