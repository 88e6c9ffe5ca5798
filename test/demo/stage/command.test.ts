import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { allGone, marked } from '../../marked.ts';
import { rtbench } from '../../rtbench.ts';
import { start } from './starting.ts';
import { Visitor } from './visitor.ts';

test('a port in use is left to whoever has it, which is said; --for ends it, and pages are told', async () => {
  const other = createServer();
  other.listen(0, '127.0.0.1');
  await once(other, 'listening');
  const address = other.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const mark = `demo-port-${process.pid}`;
  const { command, url, said } = await start(['--port', String(port), '--for', '2s', '--rate', '7'], mark);
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/);
  const taken = Number(new URL(url).port);
  expect(taken).toBeGreaterThan(port ?? 0);
  const page = await Visitor.at(url);
  expect((await page.next('state')).state.settings.eventsPerSecond).toBe(7);
  const [closed] = await once(page.socket, 'close');
  expect(closed).toBe(1001);
  const [code] = await once(command, 'close');
  expect(code).toBe(0);
  expect(said()).toBe(`Port ${port} is in use; the demo is on ${taken}.\nCtrl-C ends the demo.\n`);
  expect(await allGone(mark)).toBe(true);
  other.close();
});

test.each(['SIGINT', 'SIGTERM', 'SIGKILL'] as const)('%s leaves no process behind', async (signal) => {
  const mark = `demo-${signal}-${process.pid}`;
  const { command, url, said } = await start(['--port', '0'], mark);
  const page = await Visitor.at(url);
  await page.next('state');
  const closed = once(page.socket, 'close');
  expect(marked(mark).length).toBeGreaterThanOrEqual(3);
  command.kill(signal);
  const [code] = await once(command, 'close');
  expect(code).toBe(signal === 'SIGKILL' ? null : 130);
  if (signal !== 'SIGKILL') expect(said()).toMatch(/rtbench: Interrupted\n$/);
  expect((await closed)[0]).toBe(signal === 'SIGKILL' ? 1006 : 1001);
  expect(await allGone(mark)).toBe(true);
});

test('a server that ends by itself ends the demo, which says so', async () => {
  const mark = `demo-broken-${process.pid}`;
  const { command, url, said } = await start(['--port', '0'], mark);
  const before = marked(mark);
  const page = await Visitor.at(url);
  await page.next('state');
  const role = before.find((pid) => pid !== command.pid) ?? 0;
  process.kill(role, 'SIGKILL');
  const [code] = await once(command, 'close');
  expect(code).toBe(1);
  expect(said()).toMatch(/rtbench: The demo broke off: the (demo's server|relay): .*SIGKILL/);
  expect(await allGone(mark)).toBe(true);
});

test('who is let in is said plainly where it is not this machine alone', async () => {
  const mark = `demo-host-${process.pid}`;
  const { command, url, said } = await start(['--port', '0', '--host', '0.0.0.0', '--for', '1s'], mark);
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/#token=[\w-]{22}$/);
  await once(command, 'close');
  expect(said()).toContain('Everybody who reaches this machine');
  expect(said()).toContain('token');
});

test('a browser that cannot be opened is a note', async () => {
  const { command, said } = await start(['--port', '0', '--open', '--for', '1s'], 'demo-open', {
    PATH: '/nowhere',
  });
  const [code] = await once(command, 'close');
  expect(code).toBe(0);
  expect(said()).toContain('The browser could not be opened');
});

test('what is wrong is said in one line before anything starts', async () => {
  const { code, stdout, stderr } = await rtbench(['demo', '--host', '203.0.113.99', '--for', '1s']);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(
    /^rtbench: Expected --host to be a name or an address of this machine, got `203.0.113.99`.*\n$/,
  );
});
