import type { ClientsCalls } from '../clients/protocol.ts';
import type { TransportOptions } from '../contracts.ts';
import type { RoleProcess } from '../instrument/role-process.ts';
import type { RoundProcesses } from './processes.ts';

// Cold code doubles the bill: a fresh server's cost per delivery is steady after some 20,000 of them.
const DELIVERIES = 20_000;
const CLIENTS_PER_PROCESS = 20;
const MESSAGES_PER_BURST = 40;
const LONGEST_MS = 4000;
const POLL_INTERVAL_MS = 5;
const LONGEST_BURST_MS = 1000;

/** Runs a crowd of its own through the fresh processes, then sends it home: what is measured later meets warm code. */
export async function warm(processes: RoundProcesses, options: TransportOptions): Promise<void> {
  const holders = [processes.witness, ...processes.drivers];
  const warmOptions = { ...options, pollIntervalMs: POLL_INTERVAL_MS };
  await Promise.all(
    holders.map((holder, process) => {
      const first = process * CLIENTS_PER_PROCESS;
      const indexes = Array.from({ length: CLIENTS_PER_PROCESS }, (_, index) => first + index);
      return holder.ask('connect', { indexes, options: warmOptions });
    }),
  );
  const deadline = performance.now() + LONGEST_MS;
  let sent = 0;
  while (sent < DELIVERIES && performance.now() < deadline) {
    sent += (await processes.server.ask('burst', { count: MESSAGES_PER_BURST })).deliveries;
    await arrived(holders, sent);
  }
  await Promise.all(holders.map((holder) => holder.ask('close', null)));
}

/** Waits until all of a burst is there, so that warming never floods a slow transport. */
async function arrived(holders: readonly RoleProcess<ClientsCalls>[], total: number): Promise<void> {
  const deadline = performance.now() + LONGEST_BURST_MS;
  while (performance.now() < deadline) {
    const counts = await Promise.all(holders.map((holder) => holder.ask('count', null)));
    if (counts.reduce((sum, { received }) => sum + received, 0) >= total) return;
  }
}
