import { nowNs } from '../instrument/clock.ts';
import { cpuBetween, heapBytes, readCpu, readWindow } from '../instrument/meter.ts';
import { serveRole } from '../instrument/role-process.ts';
import type { ServerCalls } from './protocol.ts';
import { type RoundServer, startServer } from './round-server.ts';
import { allocate, spinUntil } from './sabotage.ts';

/** The server process's body. */
export function serve(): void {
  const burdens: unknown[] = [];
  let current: RoundServer | undefined;
  const running = () => {
    if (current === undefined) throw new Error('the server has not been started');
    return current;
  };
  serveRole<ServerCalls>({
    async start(input) {
      const { server, port } = await startServer(input);
      current = server;
      return { port };
    },
    burst: async ({ count }) => ({ deliveries: await running().speech.burst(count) }),
    read: () => running().read(),
    watch: async ({ instantsNs }) => (await readWindow(instantsNs, readCpu)).readings,
    relayed: () => running().relayed,
    missed: () => running().speech.missed,
    heap: heapBytes,
    burden({ busyMs, bytes }) {
      burdens.push(allocate(bytes));
      const before = readCpu();
      spinUntil(nowNs() + busyMs * 1e6);
      return cpuBetween(before, readCpu());
    },
    arm({ timeline, arrivals }) {
      running().arm(timeline, arrivals);
      return null;
    },
    collect: () => running().collect(),
    account: () => running().account(),
    retire: () => running().retire(),
  });
}
