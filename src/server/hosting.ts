import { createServer, type Server, type ServerOptions } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { TransportOptions } from '../contracts.ts';
import { RtbenchError } from '../errors.ts';
import type { Certificate } from '../instrument/certificate.ts';

const LISTEN_BACKLOG = 4096;
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** How long an idle connection is kept: longer than any client is silent by design. */
export function keepAliveMs({ pollIntervalMs, holdMs }: TransportOptions): number {
  return Math.min(LONGEST_TIMER_MS, Math.max(pollIntervalMs, holdMs) * 2 + 60_000);
}

/** Makes the http.Server that every transport attaches to; its timeouts never cut a slow poller. */
export function createHost(options: TransportOptions, certificate: Certificate | null): Server {
  const settings: ServerOptions = {
    keepAliveTimeout: keepAliveMs(options),
    requestTimeout: 0,
    headersTimeout: 60_000,
    connectionsCheckingInterval: 30_000,
    noDelay: true,
  };
  return certificate === null ? createServer(settings) : createTlsServer({ ...settings, ...certificate });
}

/** How long a port may still be in the hands of the process before. */
const HANDOVER_MS = 3000;
const TRY_AGAIN_MS = 10;

/** Listens on a free loopback port; or on the one that a server has just left, as soon as it is free. */
export async function listen(server: Server, port: number | null): Promise<number> {
  if (port === null) return listenAt(server, 0);
  const deadline = performance.now() + HANDOVER_MS;
  for (;;) {
    try {
      return await listenAt(server, port);
    } catch (error) {
      if (performance.now() > deadline) throw error;
    }
    await sleep(TRY_AGAIN_MS);
  }
}

function listenAt(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause) =>
      reject(new RtbenchError('child', `Cannot listen on 127.0.0.1:${port}: ${cause.message}`, { cause })),
    );
    server.listen({ host: '127.0.0.1', port, backlog: LISTEN_BACKLOG }, () =>
      resolve(portOf(server.address())),
    );
  });
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('the server has no TCP port');
  return address.port;
}
