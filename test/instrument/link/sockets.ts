import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { afterEach } from 'vitest';
import type { Link } from '../../../src/contracts.ts';
import { nowNs } from '../../../src/instrument/clock.ts';
import type { RelayCalls, RelayStart } from '../../../src/instrument/link/protocol.ts';
import { RoleProcess } from '../../../src/instrument/role-process.ts';
import { seededRandom } from '../../../src/random.ts';

export const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

/** A server on a free port; its sockets end with the test. */
export async function serve(onConnection: (socket: Socket) => void, halfOpen = false): Promise<number> {
  const server: Server = createServer({ allowHalfOpen: halfOpen, noDelay: true }, (socket) => {
    cleanups.push(() => socket.destroy());
    socket.on('error', () => undefined);
    onConnection(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', 4096, resolve));
  cleanups.push(() => server.close());
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return (address satisfies AddressInfo).port;
}

/** A relay process before that port. */
export async function relayTo(port: number, link: Link, more: Partial<RelayStart> = {}) {
  const relay = new RoleProcess<RelayCalls>('relay', undefined);
  cleanups.push(() => relay.end());
  const targets = [{ host: '127.0.0.1', port }];
  const near = await relay.ask('start', { targets, link, seed: 1, looksIn: false, tapBytes: 0, ...more });
  return { relay, port: near.ports[0] ?? 0 };
}

export async function client(port: number, localAddress = '127.0.0.1'): Promise<Socket> {
  const socket = connect({ port, host: '127.0.0.1', localAddress, noDelay: true, allowHalfOpen: true });
  socket.on('error', () => undefined);
  cleanups.push(() => socket.destroy());
  await once(socket, 'connect');
  return socket;
}

export function echo(socket: Socket): void {
  socket.pipe(socket);
}

export async function allOf(socket: Socket): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of socket) parts.push(part);
  return Buffer.concat(parts);
}

export function noise(bytes: number, seed: number): Buffer {
  const random = seededRandom(seed);
  return Buffer.from(Uint8Array.from({ length: bytes }, () => random() * 256));
}

/** Instants are told by different processes' code: the same clock, so a bound holds to the nanosecond. */
export function msSince(startNs: number): number {
  return (nowNs() - startNs) / 1e6;
}
