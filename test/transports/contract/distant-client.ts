// A client in a process of its own: tells its parent when it has connected, then each message's head.
import { setTimeout as wait } from 'node:timers/promises';
import type { Message, TransportOptions } from '../../../src/contracts.ts';
import { fromWords } from '../crowds.ts';

const [name, crowd, url, json] = process.argv.slice(2);
if (url === undefined || json === undefined) throw new Error('usage: distant-client NAME CROWD URL OPTIONS');

const transport = fromWords(name, crowd);
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
