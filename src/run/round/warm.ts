import { setTimeout as sleep } from 'node:timers/promises';
import { findApplication, isSilent } from '../../applications/index.ts';
import type { ClientsCalls } from '../../clients/protocol.ts';
import { passesOn } from '../../cluster/whereabouts.ts';
import type { Transport } from '../../contracts.ts';
import type { RoleProcess } from '../../instrument/role-process.ts';
import type { ResolvedScenario } from '../../measurements.ts';
import { transportOptions } from '../../plan/transport-options.ts';
import { cpuUs } from '../judge/evidence.ts';
import type { RoundProcesses } from '../processes.ts';
import { longestBroadcastMs } from './patience.ts';

type Clients = RoleProcess<ClientsCalls>;

const CROWD = { clientsPerProcess: 10, deliveries: 5_000, pollIntervalMs: 5 };

/** Runs a small crowd through the fresh processes and sends it home: connecting and closing meet warm code too. */
export async function warmCode(
  processes: RoundProcesses,
  urls: readonly string[],
  scenario: ResolvedScenario,
): Promise<void> {
  const holders = [processes.witness, ...processes.drivers];
  const hurried = { ...transportOptions(scenario), pollIntervalMs: CROWD.pollIntervalMs };
  await Promise.all(
    holders.map((holder, process) => {
      const first = process * CROWD.clientsPerProcess;
      const indexes = Array.from({ length: CROWD.clientsPerProcess }, (_, index) => first + index);
      return holder.ask('connect', { urls, indexes, options: hurried });
    }),
  );
  await deliver(processes, scenario, CROWD.deliveries, holders.length * CROWD.clientsPerProcess);
  await Promise.all(holders.map((holder) => holder.ask('close', null)));
}

// Cold code doubles the bill. A fresh server's cost per delivery falls for some 10,000 of them, and then holds.
const STRETCH = { deliveries: 4_000, least: 3, most: 4 };
const STEADY_SHARE = 0.9;
const LONGEST_PACE_MS = 300;

/** Hurries messages through the clients that will be measured, for the compiler bets on the very objects it sees, until their cost is steady. */
export async function warmClients(
  processes: RoundProcesses,
  scenario: ResolvedScenario,
  transport: Transport,
): Promise<void> {
  // What silent clients cost is not to hold what messages leave behind.
  if (isSilent(scenario)) return;
  // Clients that ask at their own pace cannot be hurried; the settling has to do for them.
  if (transport.settleMs(transportOptions(scenario)) > LONGEST_PACE_MS) return;
  let lastUs = Number.POSITIVE_INFINITY;
  for (let stretch = 1; stretch <= STRETCH.most; stretch++) {
    const before = await processes.nodes.read();
    const delivered = await deliver(processes, scenario, STRETCH.deliveries, scenario.clients);
    // Whoever cannot be hurried that far, as a poller that gets only last values, would take as long each time.
    if (delivered < STRETCH.deliveries) return;
    const after = await processes.nodes.read();
    const eachUs = cpuUs(before, after) / delivered;
    if (stretch >= STRETCH.least && eachUs > lastUs * STEADY_SHARE) return;
    lastUs = eachUs;
  }
}

const BURST_DELIVERIES = 2000;
const BURST_MESSAGES = 500;
const LONGEST_MS = 4000;
const LONGEST_BURST_MS = 1000;
const ASK_AGAIN_MS = 2;

/** Says burst after burst, each when the one before has arrived, so that warming never floods a slow transport; answers how many deliveries that made. */
async function deliver(
  processes: RoundProcesses,
  scenario: ResolvedScenario,
  deliveries: number,
  clients: number,
): Promise<number> {
  const { speaker } = findApplication(scenario.application);
  const burst = speaker === 'clients' ? burstByClients : burstByServer;
  const holders = [processes.witness, ...processes.drivers];
  const deadline = performance.now() + LONGEST_MS;
  const before = await received(holders);
  let sent = 0;
  while (sent < deliveries && performance.now() < deadline) {
    sent += await burst(processes, scenario, clients);
    await arrived(holders, before + sent, LONGEST_BURST_MS + longestBroadcastMs({ clients }));
    // A node that passes on what a client said knows only how many of its own clients hear it.
    if (speaker === 'clients' && passesOn(scenario)) sent = (await settled(holders)) - before;
  }
  return sent;
}

async function burstByServer(
  { nodes }: RoundProcesses,
  scenario: ResolvedScenario,
  clients: number,
): Promise<number> {
  const audience = audienceOf(scenario, clients);
  const wanted = Math.min(mostInBurst(scenario), BURST_DELIVERIES / audience);
  if (!passesOn(scenario)) return nodes.burst(Math.ceil(wanted), scenario.nodes);
  // What one node says the clients of all nodes hear: where they are thousands, not every node has to say something.
  const speaking = Math.min(scenario.nodes, Math.ceil(wanted));
  const count = Math.ceil(wanted / speaking);
  await nodes.burst(count, speaking);
  return speaking * count * audience;
}

/** The clients speak, and the server knows when it has passed everything on, and to how many. */
async function burstByClients(
  { nodes, witness, drivers }: RoundProcesses,
  scenario: ResolvedScenario,
  clients: number,
): Promise<number> {
  const holders = [witness, ...drivers];
  const before = await nodes.relayed();
  const each = Math.min(
    mostInBurst(scenario),
    Math.ceil(BURST_MESSAGES / clients),
    BURST_DELIVERIES / audienceOf(scenario, scenario.clients) / clients,
  );
  const counts = await Promise.all(
    holders.map(async (holder) => {
      const carrying = await holder.ask('carrying', null);
      const count = Math.ceil(each * Object.values(carrying).reduce((sum, many) => sum + many, 0));
      await holder.ask('burst', { count });
      return count;
    }),
  );
  const said = counts.reduce((sum, count) => sum + count, 0);
  const deadline = performance.now() + LONGEST_BURST_MS;
  let after = before;
  while (after.messages < before.messages + said && performance.now() < deadline) {
    after = await nodes.relayed();
  }
  return after.deliveries - before.deliveries;
}

/** How many of so many clients hear one message; the same at every rate, also where nothing is due. */
function audienceOf(scenario: ResolvedScenario, clients: number): number {
  const { messagesPerSecond } = findApplication(scenario.application);
  return clients / messagesPerSecond({ ...scenario, ratePerSecond: 1 });
}

/** What a client may leave unread, whatever a transport adds to it: beyond that it is dropped. */
function mostInBurst(scenario: ResolvedScenario): number {
  const { maxBufferBytes } = transportOptions(scenario);
  const bytes = findApplication(scenario.application).largestBytes?.(scenario) ?? scenario.payloadBytes;
  return Math.max(1, Math.floor(maxBufferBytes / 2 / bytes));
}

const QUIET_MS = 20;

/** How many messages have come when no more do. */
async function settled(holders: readonly Clients[]): Promise<number> {
  const deadline = performance.now() + LONGEST_BURST_MS;
  for (let last = await received(holders); ; ) {
    await sleep(QUIET_MS);
    const now = await received(holders);
    if (now === last || performance.now() > deadline) return now;
    last = now;
  }
}

async function arrived(holders: readonly Clients[], total: number, longestMs: number): Promise<void> {
  const deadline = performance.now() + longestMs;
  while ((await received(holders)) < total && performance.now() < deadline) await sleep(ASK_AGAIN_MS);
}

async function received(holders: readonly Clients[]): Promise<number> {
  const counts = await Promise.all(holders.map((holder) => holder.ask('count', null)));
  return counts.reduce((sum, count) => sum + count.received, 0);
}
