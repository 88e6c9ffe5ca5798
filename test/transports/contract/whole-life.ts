// One transport from its beginning to its end: nothing may be left that keeps this process from ending.
import { createServer } from 'node:net';
import type { Transport } from '../../../src/contracts.ts';
import { fromWords } from '../crowds.ts';
import { arrived, clientOptions, type Host, listen, serve, until } from '../harness.ts';

/** Longer than any orderly end takes, shorter than the timers that a leak would leave. */
const PATIENCE_MS = 10_000;
// Keeps nothing alive itself.
setTimeout(() => process.exit(1), PATIENCE_MS).unref();

const [name, crowd, life, overrides = '{}'] = process.argv.slice(2);
const transport = fromWords(name, crowd);

if (life === 'a client is refused') {
  await refuse(transport);
} else {
  const host = await serve(transport, JSON.parse(overrides));
  if (life === 'a client is forgotten') await forget(transport, host);
  else await exchange(host);
  if (life === 'the server closes first') {
    await host.side.close();
    await host.stop();
  }
  await host.close();
}
// For the parent, should this process not end.
process.send?.(process.getActiveResourcesInfo());
process.disconnect?.();

async function exchange(host: Host): Promise<void> {
  const clients = [await host.connect(), await host.connect()];
  host.side.publish('all', 'down');
  for (const { connection } of clients) connection.send('up');
  for (const { inbox } of clients) await arrived(inbox, 1);
  await arrived(host.app.inbox, clients.length);
}

async function refuse({ client }: Transport): Promise<void> {
  const server = createServer();
  const port = await listen(server);
  await new Promise((resolve) => server.close(resolve));
  const connect = await client();
  const url = new URL(`http://127.0.0.1:${port}/`);
  const opening = connect(url, { message: () => {}, closed: () => {} }, clientOptions());
  await opening.then(
    () => Promise.reject(new Error('connected to nobody')),
    () => {},
  );
}

/** The server must hold on to nothing of a client that has closed. */
async function forget(transport: Transport, host: Host): Promise<void> {
  const peer = await comeAndGo(transport, host);
  await until('the peer collected', () => {
    globalThis.gc?.();
    return peer.deref() === undefined;
  });
}

async function comeAndGo({ client }: Transport, host: Host): Promise<WeakRef<object>> {
  const { app, url } = host;
  const connect = await client();
  const connection = await connect(url, { message: () => {}, closed: () => {} }, clientOptions());
  const peers = app.peers.map((peer) => new WeakRef(peer));
  connection.send('up');
  await arrived(app.inbox, 1);
  await connection.close();
  await arrived(app.ended, 1);
  for (const notes of [app.peers, app.inbox, app.ended]) notes.length = 0;
  const [peer] = peers;
  if (peer === undefined) throw new Error('connected, but the server opened no peer');
  return peer;
}
