import { createServer } from 'node:net';

/**
 * Below the ports that systems give to connections: while nobody listens on one of those, a client that tries it again
 * and again may at last be given that very port, and connect to itself.
 */
const PORTS = { first: 12_000, count: 20_000 };
const MOST_TRIES = 100;

/** So many ports of 127.0.0.1 that nobody listens on now. */
export async function findPorts(count: number): Promise<number[]> {
  const found = new Set<number>();
  for (let attempt = 0; found.size < count; attempt++) {
    if (attempt === MOST_TRIES + count) throw new Error('no free port on 127.0.0.1');
    const port = PORTS.first + Math.floor(Math.random() * PORTS.count);
    if (await isFree(port)) found.add(port);
  }
  return [...found];
}

function isFree(port: number): Promise<boolean> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once('error', () => resolve(false));
    server.listen({ host: '127.0.0.1', port }, () => server.close(() => resolve(true)));
  });
}
