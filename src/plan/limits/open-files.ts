import { connectionsPerClient } from '../../applications/index.ts';
import type { Transport } from '../../contracts.ts';
import type { ResolvedScenario } from '../../measurements.ts';
import { MOST_NODES } from '../fields/cluster.ts';
import { hasRelay } from '../fields/faults.ts';
import { type Origins, placeOf } from '../scenario/overlay.ts';
import { expected } from '../wording.ts';

/** What the machine allows; infinite where it sets no limit. */
export interface Facts {
  readonly openFiles: number;
}

/** Files that a process holds besides its clients' sockets: libraries, pipes, listeners, what is closing. */
const SPARE_FILES = 200;

/** A process that holds sockets of the clients, and how many clients of the round that allows. */
interface Holder {
  readonly name: string;
  readonly socketsPerClient: number;
  readonly mostClients: number;
}

/** How many clients' sockets one process can hold. */
export function clientsPerProcess(
  scenario: ResolvedScenario,
  { socketsPerClient }: Transport,
  { openFiles }: Facts,
): number {
  const sockets = connectionsPerClient(scenario) * socketsPerClient;
  return Math.max(0, Math.floor((openFiles - SPARE_FILES) / sockets));
}

/** How many clients of a transport the machine's open files allow; of drivers there are as many as that asks for. */
export function mostClients(scenario: ResolvedScenario, transport: Transport, facts: Facts): number {
  return tightest(scenario, transport, facts).mostClients;
}

/** Refuses more clients than the processes of a round could hold. */
export function checkOpenFiles(
  scenario: ResolvedScenario,
  transport: Transport,
  facts: Facts,
  origins: Origins,
): void {
  const { clients } = scenario;
  const { name, socketsPerClient: sockets, mostClients: most } = tightest(scenario, transport, facts);
  if (clients <= most) return;
  const reason =
    `: ${name} holds ${sockets} socket${sockets === 1 ? '' : 's'} for each client` +
    ` and may open ${facts.openFiles} files. Take fewer clients${remedyOf(scenario, clientsPerProcess(scenario, transport, facts))}, or raise the limit (as root: \`ulimit -n\`)`;
  throw expected(
    placeOf('clients', origins),
    `at most ${most} with ${transport.name}`,
    String(clients),
    reason,
  );
}

function tightest(scenario: ResolvedScenario, transport: Transport, facts: Facts): Holder {
  return holdersOf(scenario, transport, facts).reduce((least, holder) =>
    holder.mostClients < least.mostClients ? holder : least,
  );
}

/** Whoever passes connections on holds both ends of each. */
const BOTH_ENDS = 2;

function holdersOf(scenario: ResolvedScenario, transport: Transport, facts: Facts): [Holder, ...Holder[]] {
  const { nodes, balancer, witnesses } = scenario;
  const perProcess = clientsPerProcess(scenario, transport, facts);
  const sockets = connectionsPerClient(scenario) * transport.socketsPerClient;
  const between = (name: string): Holder => {
    const mostClients = Math.floor(perProcess / BOTH_ENDS);
    return { name, socketsPerClient: BOTH_ENDS * sockets, mostClients };
  };
  const witnessing = { name: "the witnesses' process", socketsPerClient: sockets };
  return [
    {
      name: nodes === 1 ? 'one server process' : `each of ${nodes} server processes`,
      socketsPerClient: sockets,
      mostClients: nodes * perProcess,
    },
    ...(hasRelay(scenario) ? [between("the link's relay")] : []),
    ...(balancer === 'none' ? [] : [between(balancer)]),
    // Of fewer clients than twice that, not more than half are witnesses.
    ...(witnesses > perProcess ? [{ ...witnessing, mostClients: 2 * perProcess }] : []),
  ];
}

/** More nodes help where nothing stands before them, and where so many may be asked for. */
function remedyOf(scenario: ResolvedScenario, perProcess: number): string {
  if (hasRelay(scenario) || scenario.balancer !== 'none') return '';
  const nodes = Math.ceil(scenario.clients / perProcess);
  return nodes > scenario.nodes && nodes <= MOST_NODES ? ` or --nodes ${nodes}` : '';
}
