import { serveRole } from '../../instrument/role-process.ts';
import type { DemoCalls } from '../protocol.ts';
import { DemoServer } from './demo-server.ts';

/** The demo's server process's body. */
export function serve(): void {
  let server: DemoServer | undefined;
  const running = () => {
    if (server === undefined) throw new Error('the server has not been started');
    return server;
  };
  serveRole<DemoCalls>({
    async start(input) {
      server = new DemoServer(input);
      return { port: await server.listen() };
    },
    set(publishing) {
      running().set(publishing);
      return null;
    },
    read: () => running().read(),
    retire: async () => ({ published: await running().retire() }),
  });
}
