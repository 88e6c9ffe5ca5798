import { expect, it } from 'vitest';
import type { Message } from '../../../src/contracts.ts';
import { websocket } from '../../../src/transports/websocket/index.ts';
import { contractSuite } from '../contract.ts';
import { clientOptions, serve, until } from '../harness.ts';

contractSuite({ ...websocket, client: websocket.leanClient });

it('lends what it reads to whoever skims, and says it to nobody else', async () => {
  const host = await serve(websocket);
  const skimmed: string[] = [];
  const said: Message[] = [];
  const connect = await websocket.leanClient();
  const events = {
    message: (message: Message) => said.push(message),
    skim: (bytes: Buffer, start: number, end: number) => skimmed.push(bytes.toString('utf8', start, end)),
    closed: () => {},
  };
  const connection = await connect(host.url, events, clientOptions());
  const messages = ['a text', 'ü'.repeat(100_000), Buffer.from('binary'), ''];
  for (const message of messages) host.side.publish('all', message);
  await until('all', () => skimmed.length === messages.length);
  expect([skimmed, said]).toEqual([messages.map(String), []]);
  await connection.close();
  await host.close();
});
