import { setImmediate as turn } from 'node:timers/promises';
import type { Message, Sent, Transport, TransportOptions } from '../../../src/contracts.ts';
import { arrived, serve, until } from '../harness.ts';
import { record } from './recording.ts';

/** What is said down and up, in every way that a message can be hard to write. */
export const DOWN: readonly Message[] = [
  'x'.repeat(64),
  'a "quoted" \\ text\nof two lines, é 한국어 😀 \u0000\u001e',
  'carriage\rreturn',
  'half a pair: \ud800.',
  Uint8Array.of(0, 1, 2, 255),
  'y'.repeat(300),
  '',
];
export const UP: readonly Message[] = ['up "é"', Uint8Array.of(9, 8, 7), 'z'.repeat(130)];

/** How many bytes the application gave. */
export function weigh(messages: readonly Message[]): number {
  return messages.reduce((sum, message) => sum + Buffer.byteLength(message), 0);
}

/** A whole conversation: connecting, both ways one message at a time, some at once, a heartbeat, goodbye. */
export async function converse(
  transport: Transport,
  overrides: Partial<TransportOptions> = {},
): Promise<readonly Sent[][]> {
  const host = await serve(transport, { heartbeatMs: 60, holdMs: 100, ...overrides });
  const recording = await record(host.url);
  const { connection, inbox } = await host.connect({}, recording.url);
  await until('what it should be carried by', () => connection.carrying === transport.carries);
  for (const [index, message] of DOWN.entries()) {
    host.side.publish('all', message);
    await arrived(inbox, index + 1);
  }
  for (const message of DOWN) host.side.publish('all', message);
  await arrived(inbox, 2 * DOWN.length);
  for (const [index, message] of UP.entries()) {
    connection.send(message);
    await arrived(host.app.inbox, index + 1);
  }
  const bytes = () => recording.connections.flat().length;
  const before = bytes();
  await until('signs of life', () => bytes() > before + 3);
  await connection.close();
  await host.close();
  await turn();
  await recording.close();
  return recording.connections;
}
