// A client in a process of its own: tells its parent when it has connected, then each message's head.
import { setTimeout as wait } from 'node:timers/promises';
import type { Message, Transport, TransportOptions } from '../../../src/contracts.ts';

const [family, name, url, json] = process.argv.slice(2);
if (url === undefined || json === undefined) throw new Error('usage: distant-client FAMILY NAME URL OPTIONS');

const halves: Record<string, Transport> = await import(`../../../src/transports/${family}/index.ts`);
const transport = Object.values(halves).find((candidate) => candidate.name === name);
if (transport === undefined) throw new Error(`no transport ${name}`);

const options: TransportOptions = JSON.parse(json);
const connect = await transport.client();
const connection = await connect(
  new URL(url),
  { message: (message) => process.send?.(head(message)), closed: () => {} },
  { ...options, random: Math.random },
);
while (connection.carrying !== transport.carries) await wait(5);
process.send?.('connected');
process.on('disconnect', () => process.exit());

function head(message: Message): string {
  return Buffer.from(message).toString('utf8', 0, 40);
}
