import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expected, systemReason } from '../../../plan/wording.ts';

const MOST_PORT = 65_535;

/** Listens on the port, or where it is in use on the next one that is free; answers with which. */
export async function listenFrom(server: Server, address: string, port: number): Promise<number> {
  for (let candidate = port; candidate <= MOST_PORT; candidate++) {
    try {
      return await listen(server, address, candidate);
    } catch (error) {
      if (codeOf(error) !== 'EADDRINUSE') throw unusable(error, address, candidate);
    }
  }
  throw expected('--port', 'one with a free one at or after it', String(port));
}

function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port }, () => {
      server.off('error', reject);
      resolve(portOf(server.address()));
    });
  });
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('the stage has no TCP port');
  return address.port;
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}

function unusable(error: unknown, address: string, port: number): Error {
  const reason = ` (${systemReason(error)})`;
  return codeOf(error) === 'EADDRNOTAVAIL'
    ? expected('--host', 'a name or an address of this machine', address, reason)
    : expected('--port', 'one that may be used', String(port), reason);
}
