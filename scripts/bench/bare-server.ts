/**
 * The least a server can do: ws, a timer, and a send to each client. What rtbench's own server costs beyond it is the
 * harness. Speaks to its parent: sends its port, is sent a window, answers with the CPU that it used in it.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import { readAt, readCpu } from '../../src/instrument/meter.ts';

const RATE_PER_SECOND = Number(process.argv[2]);
const TEXT = '0'.repeat(16).padEnd(64, '.');

const clients = new Set<WebSocket>();
const server = createServer();
new WebSocketServer({ server, perMessageDeflate: false }).on('connection', (socket) => {
  clients.add(socket);
  socket.on('close', () => clients.delete(socket));
  socket.on('error', () => socket.terminate());
});

setInterval(() => {
  const message = Buffer.from(TEXT);
  for (const socket of clients) socket.send(message, { binary: false });
}, 1000 / RATE_PER_SECOND);

process.on('disconnect', () => process.exit(0));
process.on('message', async ([startNs, endNs]: [number, number]) => {
  const [start, end] = await readAt([startNs, endNs], readCpu);
  if (start && end) process.send?.(end.userUs + end.systemUs - start.userUs - start.systemUs);
});
server.listen({ host: '127.0.0.1', port: 0, backlog: 4096 }, () => {
  const address: AddressInfo | string | null = server.address();
  if (address !== null && typeof address !== 'string') process.send?.(address.port);
});
