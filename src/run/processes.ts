import { randomUUID } from 'node:crypto';
import type { ClientsCalls } from '../clients/protocol.ts';
import type { ClientsSabotage } from '../clients/sabotage.ts';
import { isWitness } from '../clients/witness.ts';
import { Balancer } from '../cluster/balancer/balancer.ts';
import { OwnRedis, usesOwnRedis } from '../cluster/own-redis.ts';
import { passesOn, usesRedis } from '../cluster/whereabouts.ts';
import type { Transport } from '../contracts.ts';
import { RtbenchError } from '../errors.ts';
import type { Certificate } from '../instrument/certificate.ts';
import { openFileLimit } from '../instrument/limits/kernel.ts';
import { isLookingIn } from '../instrument/link/faults/names.ts';
import type { RelayCalls } from '../instrument/link/protocol.ts';
import { NO_LINK } from '../instrument/link/way.ts';
import type { Pinning } from '../instrument/pinning.ts';
import { RoleProcess } from '../instrument/role-process.ts';
import type { Namespace } from '../instrument/wire/namespace.ts';
import type { ResolvedScenario } from '../measurements.ts';
import { hasRelay } from '../plan/fields/faults.ts';
import { peakRateOf } from '../plan/fields/phases.ts';
import { clientsPerProcess } from '../plan/limits/open-files.ts';
import { transportOptions } from '../plan/transport-options.ts';
import type { ServerCalls } from '../server/protocol.ts';
import type { ServerSabotage } from '../server/sabotage.ts';
import { Nodes } from './nodes/nodes.ts';

/** What one round runs in: fresh servers, and clients in processes of their own. */
export interface RoundProcesses {
  readonly nodes: Nodes;
  readonly witness: RoleProcess<ClientsCalls>;
  readonly drivers: readonly RoleProcess<ClientsCalls>[];
  /** The distance between server and clients; null where there is none. */
  readonly relay: RoleProcess<RelayCalls> | null;
  /** The Redis of this round alone; null where there is none. */
  readonly redis: OwnRedis | null;
  /** What stands before the nodes; null where each client knows its node. */
  readonly balancer: Balancer | null;
  /** The process that holds client `index`. */
  holderOf(index: number): RoleProcess<ClientsCalls>;
  /** Rejects as soon as they are ended: nothing is to be waited for then. */
  readonly ended: Promise<never>;
  end(): Promise<void>;
}

const LOOPBACK = '127.0.0.1';

/** What a calibration's round does otherwise than a measurement's. */
export interface Variation {
  /** Trouble made on purpose. */
  readonly server?: ServerSabotage;
  readonly drivers?: ClientsSabotage;
  /** So many driver processes instead of what the load asks for. */
  readonly driverProcesses?: number;
  /** Nothing is warmed, for what only counts. */
  readonly cold?: boolean;
  /** Ends with the window: no light load after it. */
  readonly withoutLight?: boolean;
  /** How long messages that are still missing are waited for, instead of the usual time. */
  readonly drainMs?: number;
}

// What one driver carries without coming near its own limit; socket.io's client is the dearest.
const DELIVERIES_PER_DRIVER = 10_000;

/** Where a round's processes run, and what ends them. */
export interface Place {
  readonly pinning: Pinning | null;
  readonly namespace: Namespace | null;
  readonly signal: AbortSignal;
}

/** Starts the processes of a transport's round; after `signal` they are ended and whatever waits for them rejects. */
export function startProcesses(
  transport: Transport,
  scenario: ResolvedScenario,
  { pinning, namespace, signal }: Place,
  { driverProcesses = driversFor(transport, scenario, pinning) }: Variation = {},
): RoundProcesses {
  const clients = () => new RoleProcess<ClientsCalls>('clients', pinning?.clients, namespace?.enter);
  const server = () => {
    const node = new RoleProcess<ServerCalls>('server', pinning?.server, namespace?.enter);
    // What a node tells without having been asked is for the others.
    node.onStray = (message) => {
      for (const { process } of nodes.all) if (process !== node) process.pass(message);
    };
    return node;
  };
  const nodes = new Nodes(scenario.nodes, patienceMs(scenario), server);
  const witness = clients();
  const drivers = Array.from({ length: driverProcesses }, clients);
  const relay = hasRelay(scenario)
    ? new RoleProcess<RelayCalls>('relay', pinning?.clients, namespace?.enter)
    : null;
  const redis = usesOwnRedis(scenario) ? new OwnRedis(pinning?.clients, namespace?.enter) : null;
  const balancer =
    scenario.balancer === 'none' ? null : new Balancer(scenario.balancer, pinning?.clients, namespace?.enter);
  const all = [nodes, witness, ...drivers, relay, redis, balancer].filter((child) => child !== null);
  const ended = Promise.withResolvers<never>();
  // Most rounds are over before.
  ended.promise.catch(() => undefined);
  const end = async () => {
    signal.removeEventListener('abort', end);
    ended.reject(new RtbenchError('child', 'The round was broken off'));
    await Promise.all(all.map((child) => child.end()));
  };
  signal.addEventListener('abort', end);
  if (signal.aborted) end();
  return {
    nodes,
    witness,
    drivers,
    relay,
    redis,
    balancer,
    ended: ended.promise,
    end,
    holderOf(index) {
      const driver = drivers[index % Math.max(1, drivers.length)];
      return driver === undefined || isWitness(index, scenario) ? witness : driver;
    },
  };
}

/** What a round is about, beside the scenario. */
export interface Introduction {
  readonly transport: string;
  readonly certificate: Certificate | null;
  /** Whether loopback carries this round and nothing else. */
  readonly countWire: boolean;
}

/** Tells every process what this round is about; answers with the URLs that clients use by turns, once all can begin. */
export async function introduce(
  { nodes, witness, drivers, relay, redis, balancer }: RoundProcesses,
  scenario: ResolvedScenario,
  { transport, certificate, countWire }: Introduction,
  variation: Variation = {},
): Promise<readonly string[]> {
  const start = { transport, scenario, ca: certificate?.cert ?? null };
  const redisUrl = usesRedis(scenario) ? ((await redis?.start()) ?? scenario.redis) : null;
  const others = passesOn(scenario) ? { redisUrl, key: `rtbench-${randomUUID()}` } : null;
  const [ports] = await Promise.all([
    nodes.start({
      transport,
      options: transportOptions(scenario),
      certificate,
      countWire,
      scenario,
      sabotage: variation.server ?? null,
      others,
    }),
    witness.ask('start', { ...start, crowd: 'library', sabotage: null }),
    ...drivers.map((driver) =>
      driver.ask('start', { ...start, crowd: scenario.crowd, sabotage: variation.drivers ?? null }),
    ),
  ]);
  const entrances = balancer === null ? ports : [await balancer.start(ports, scenario)];
  const targets = entrances.map((port) => ({ host: LOOPBACK, port }));
  const near = await relay?.ask('start', {
    targets,
    link: NO_LINK,
    seed: scenario.seed,
    looksIn: scenario.faults.some(({ fault }) => isLookingIn(fault)),
    tapBytes: 0,
  });
  const protocol = certificate === null ? 'http' : 'https';
  return (near?.ports ?? entrances).map((port) => `${protocol}://${LOOPBACK}:${port}/`);
}

/** Who holds thousands of clients may be busy for long, and is not dead. */
const PATIENCE_MS = { always: 10_000, eachThousandClients: 1_000 };

/** How long a server that does not answer is waited for; null where its end is no finding but a reason to give up. */
function patienceMs({ nodes, faults, clients }: ResolvedScenario): number | null {
  if (nodes === 1 && faults.length === 0) return null;
  return PATIENCE_MS.always + (PATIENCE_MS.eachThousandClients * clients) / 1000;
}

function driversFor(transport: Transport, scenario: ResolvedScenario, pinning: Pinning | null): number {
  const held = clientsPerProcess(scenario, transport, { openFiles: openFileLimit() });
  return driverCount(
    { ...scenario, ratePerSecond: peakRateOf(scenario) },
    pinning?.clients.length ?? 1,
    held,
  );
}

/** As many drivers as the load asks for and the cores beside the witness's allow, and as their open files need. */
export function driverCount(
  { clients, witnesses, ratePerSecond }: Pick<ResolvedScenario, 'clients' | 'witnesses' | 'ratePerSecond'>,
  clientCores: number,
  mostPerProcess: number,
): number {
  const crowd = clients - witnesses;
  if (crowd === 0) return 0;
  const wanted = Math.ceil((crowd * ratePerSecond) / DELIVERIES_PER_DRIVER);
  // Clients go round the drivers, witnesses not counted: one driver may have none among its own.
  const needed = Math.ceil(clients / mostPerProcess);
  return Math.max(1, needed, Math.min(wanted, clientCores - 1));
}
