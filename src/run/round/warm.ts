import type { ClientsCalls } from '../../clients/protocol.ts';
import type { Transport, TransportOptions } from '../../contracts.ts';
import type { RoleProcess } from '../../instrument/role-process.ts';
import type { RoundProcesses } from '../processes.ts';

type Clients = RoleProcess<ClientsCalls>;

const CROWD = { clientsPerProcess: 10, deliveries: 5_000, pollIntervalMs: 5 };

/** Runs a small crowd through the fresh processes and sends it home: connecting and closing meet warm code too. */
export async function warmCode(
  processes: RoundProcesses,
  url: string,
  options: TransportOptions,
  payloadBytes: number,
): Promise<void> {
  const holders = [processes.witness, ...processes.drivers];
  const hurried = { ...options, pollIntervalMs: CROWD.pollIntervalMs };
  await Promise.all(
    holders.map((holder, process) => {
      const first = process * CROWD.clientsPerProcess;
      const indexes = Array.from({ length: CROWD.clientsPerProcess }, (_, index) => first + index);
      return holder.ask('connect', { url, indexes, options: hurried });
    }),
  );
  const most = mostInBurst(options, payloadBytes);
  await deliver(processes, CROWD.deliveries, holders.length * CROWD.clientsPerProcess, most);
  await Promise.all(holders.map((holder) => holder.ask('close', null)));
}

// Cold code doubles the bill: a fresh server's cost per delivery is steady after some 10,000 of them.
const DELIVERIES = 12_000;
const LONGEST_PACE_MS = 300;

/** Hurries messages through the clients that will be measured: the compiler bets on the very objects that it sees. */
export async function warmClients(
  processes: RoundProcesses,
  clients: number,
  transport: Transport,
  options: TransportOptions,
  payloadBytes: number,
): Promise<void> {
  // Clients that ask at their own pace cannot be hurried; the settling has to do for them.
  if (transport.settleMs(options) > LONGEST_PACE_MS) return;
  await deliver(processes, DELIVERIES, clients, mostInBurst(options, payloadBytes));
}

const BURST_DELIVERIES = 2000;
const LONGEST_MS = 4000;
const LONGEST_BURST_MS = 1000;

/** Publishes burst after burst, each when the one before has arrived, so that warming never floods a slow transport. */
async function deliver(
  { server, witness, drivers }: RoundProcesses,
  deliveries: number,
  clients: number,
  most: number,
): Promise<void> {
  const holders = [witness, ...drivers];
  const count = Math.min(most, Math.ceil(BURST_DELIVERIES / clients));
  const deadline = performance.now() + LONGEST_MS;
  let sent = 0;
  while (sent < deliveries && performance.now() < deadline) {
    sent += (await server.ask('burst', { count })).deliveries;
    await arrived(holders, sent);
  }
}

/** What a client may leave unread, whatever a transport adds to it: beyond that it is dropped. */
function mostInBurst({ maxBufferBytes }: TransportOptions, payloadBytes: number): number {
  return Math.max(1, Math.floor(maxBufferBytes / 2 / payloadBytes));
}

async function arrived(holders: readonly Clients[], total: number): Promise<void> {
  const deadline = performance.now() + LONGEST_BURST_MS;
  while (performance.now() < deadline) {
    const counts = await Promise.all(holders.map((holder) => holder.ask('count', null)));
    if (counts.reduce((sum, { received }) => sum + received, 0) >= total) return;
  }
}
