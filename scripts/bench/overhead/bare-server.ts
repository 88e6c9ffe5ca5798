/**
 * What whoever serves WebSockets with care would write, and no more: ws, a heartbeat, a limit to what a client leaves
 * unread, a timer, and a send to each client. What rtbench's own server costs beyond it is the harness. Speaks to its
 * parent: sends its port, is sent when to speak and when to read its CPU, answers with the readings.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { type WebSocket, WebSocketServer } from 'ws';
import { nowNs, until } from '../../../src/instrument/clock.ts';
import { readAt, readCpu } from '../../../src/instrument/meter.ts';
import { defaults } from '../../../src/plan/fields/index.ts';
import { transportOptions } from '../../../src/plan/transport-options.ts';

/** When it is to speak, how often, and when to read its CPU. */
export interface BareSchedule {
  readonly periodMs: number;
  readonly stretchesNs: readonly (readonly [number, number])[];
  readonly readAtNs: readonly number[];
}

const TEXT = '0'.repeat(16).padEnd(defaults.payloadBytes, '.');
const WARM_UP_MESSAGES = 20;
const { heartbeatMs, heartbeatTimeoutMs, maxBufferBytes } = transportOptions(defaults);

const unanswered = new Map<WebSocket, NodeJS.Timeout | undefined>();
const server = createServer({ noDelay: true });
new WebSocketServer({ server, perMessageDeflate: false }).on('connection', (socket) => {
  unanswered.set(socket, undefined);
  socket.on('message', () => undefined);
  socket.on('pong', () => clearTimeout(unanswered.get(socket)));
  socket.on('error', () => socket.terminate());
  socket.on('close', () => {
    clearTimeout(unanswered.get(socket));
    unanswered.delete(socket);
  });
});
setInterval(() => {
  for (const socket of unanswered.keys()) {
    socket.ping();
    unanswered.set(
      socket,
      setTimeout(() => socket.terminate(), heartbeatTimeoutMs),
    );
  }
}, heartbeatMs);

function publish(): void {
  const message = Buffer.from(TEXT);
  for (const socket of unanswered.keys()) {
    if (socket.bufferedAmount > maxBufferBytes) socket.terminate();
    else socket.send(message, { binary: false });
  }
}

/** Half a period away from either end, as the harness has its messages due. */
async function speak({ periodMs, stretchesNs }: BareSchedule): Promise<void> {
  for (const [startNs, endNs] of stretchesNs) {
    await until(startNs + (periodMs * 1e6) / 2);
    publish();
    const timer = setInterval(publish, periodMs);
    await sleep((endNs - nowNs()) / 1e6);
    clearInterval(timer);
  }
}

process.on('disconnect', () => process.exit(0));
process.on('message', async (schedule: BareSchedule) => {
  for (let said = 0; said < WARM_UP_MESSAGES; said++) {
    publish();
    await new Promise(setImmediate);
  }
  const spoken = speak(schedule);
  const readings = await readAt(schedule.readAtNs, readCpu);
  await spoken;
  process.send?.(readings);
});
server.listen({ host: '127.0.0.1', port: 0, backlog: 4096 }, () => {
  const address: AddressInfo | string | null = server.address();
  if (address !== null && typeof address !== 'string') process.send?.(address.port);
});
