import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { ClientOptions } from '../../contracts.ts';

/** All sockets read into it, one after the other: a buffer for each read costs a quarter of a client's CPU. */
const shared = Buffer.alloc(64 << 10);
/** Its beginnings, by length: most reads are short, and of the same few lengths. */
const beginnings = Array.from({ length: 1 << 10 }, (_, length) => shared.subarray(0, length));

/** Connects to a URL's server; `read` is lent what comes, and keeps none of it. */
export function openSocket(
  { hostname, port, protocol }: URL,
  { localAddress, ca }: ClientOptions,
  read: (bytes: Buffer) => void,
): Socket {
  const host = hostname.replace(/^\[|\]$/g, '');
  const from = localAddress === undefined ? {} : { localAddress };
  if (protocol === 'https:') {
    const trust = ca === undefined ? {} : { ca };
    const name = isIP(host) === 0 ? { servername: host } : {};
    const socket = connectTls({ host, port: Number(port || 443), ...from, ...trust, ...name });
    return socket.setNoDelay().on('data', read);
  }
  const callback = (bytes: number) => {
    read(beginnings[bytes] ?? shared.subarray(0, bytes));
    return true;
  };
  return connectTcp({
    host,
    port: Number(port || 80),
    noDelay: true,
    onread: { buffer: shared, callback },
    ...from,
  });
}
