import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { plainLook as look } from '../../src/cli/look.ts';
import { readSaved } from '../../src/report/index.ts';
import { fallbackSchema } from '../../src/report/schema/fallback.ts';
import { allGone } from '../marked.ts';
import { BIN, rtbench } from '../rtbench.ts';

const BLOCKED = ['upgrade-403', 'upgrade-200', 'upgrade-dropped'] as const;

test('socket.io falls back to polling where WebSocket is blocked, and what has no other way says so', async () => {
  const transports = 'sse,websocket,socketio,socketio-websocket';
  const call = ['fallback', '--transports', transports, '--patience', '2s', '--json'];
  const mark = { RTBENCH_TEST_MARK: `fallback-${process.pid}` };
  const { code, stdout, stderr } = await rtbench(call, mark);
  expect({ code, stderr }).toMatchObject({
    code: 0,
    stderr: expect.stringContaining('socketio · upgrade-403 · connected'),
  });
  expect(await allGone(mark.RTBENCH_TEST_MARK)).toBe(true);
  const found = fallbackSchema.parse(JSON.parse(stdout));
  const triesOf = (name: string) => found.tries.filter(({ transport }) => transport === name);
  expect(found.tries.length).toBe(16);
  for (const one of [...triesOf('sse'), ...triesOf('socketio')]) {
    expect(one).toMatchObject({ outcome: 'connected', error: null, sent: 10, delivered: 10 });
  }
  // What carries is what crossed: the five messages that were sent when it had settled.
  const carriers = ({ carrying, byHttp, byWebSocket }: (typeof found.tries)[number]) =>
    `${carrying}: ${byHttp} by HTTP, ${byWebSocket} by WebSocket`;
  const [plain, ...behind] = triesOf('socketio').map(carriers);
  expect(plain).toBe('websocket: 0 by HTTP, 5 by WebSocket');
  expect(behind).toEqual(BLOCKED.map(() => 'polling: 5 by HTTP, 0 by WebSocket'));
  expect(new Set(triesOf('sse').map(carriers))).toEqual(new Set(['sse: 5 by HTTP, 0 by WebSocket']));
  // Only where the request for a WebSocket is swallowed does nobody know when to stop waiting.
  expect(triesOf('socketio').map(({ settledMs }) => settledMs === null)).toEqual([false, false, false, true]);
  for (const name of ['websocket', 'socketio-websocket']) {
    const [first, ...others] = triesOf(name);
    expect(first).toMatchObject({
      outcome: 'connected',
      carrying: 'websocket',
      delivered: 10,
      byWebSocket: 5,
    });
    expect(others).toMatchObject([
      { outcome: 'refused', error: { code: 'connect', message: expect.stringContaining('403') } },
      { outcome: 'refused', error: { code: 'connect', message: expect.stringContaining('200') } },
      { outcome: 'silent', error: { code: 'connect', message: expect.stringContaining('2000 ms') } },
    ]);
  }
  expect(found.mismatches).toMatchObject([
    { client: 'websocket', server: 'socketio', outcome: 'refused', error: { code: 'connect' } },
    { client: 'socketio', server: 'websocket', outcome: 'refused', error: { code: 'connect' } },
    { client: 'socketio-websocket', server: 'websocket', outcome: 'refused', error: { code: 'connect' } },
  ]);
  const [upgrade, poll, early] = found.mismatches.map(({ crossed }) =>
    crossed.map((one) => `${one.way} ${one.text}`),
  );
  expect(upgrade?.[0]).toBe('up GET /ws HTTP/1.1 · Upgrade: websocket');
  // engine.io says nothing to an upgrade that is not its own: it ends the connection.
  expect(found.mismatches[0]?.crossed[1]).toMatchObject({ way: 'down', what: 'end' });
  expect(poll?.[0]).toMatch(/^up GET \/socket\.io\/\?EIO=4&transport=polling/);
  expect(poll?.[1]).toMatch(/^down HTTP\/1\.1 426 Upgrade Required/);
  expect(early?.[0]).toMatch(
    /^up GET \/socket\.io\/\?EIO=4&transport=websocket HTTP\/1\.1 · Upgrade: websocket/,
  );
  expect(early?.[1]).toMatch(/^down HTTP\/1\.1 400 Bad Request/);
  const again = readSaved(stdout).formats;
  expect(JSON.parse(again.json(undefined, look))).toEqual(JSON.parse(stdout));
  expect(again.table(undefined, look).replaceAll('\n', ' ')).toContain(
    'socket.io fell back to polling behind upgrade-403, upgrade-200 and upgrade-dropped.',
  );
  expect(again.csv(undefined, look).trim().split('\r\n').length).toBe(17);
});

test('Ctrl-C keeps the tries that were finished and leaves no process', async () => {
  const mark = `fallback-stopped-${process.pid}`;
  const child = spawn(process.execPath, [BIN, 'fallback', '--patience', '1m'], {
    env: { ...process.env, RTBENCH_TEST_MARK: mark },
  });
  const said = text(child.stdout);
  await once(child.stderr, 'data');
  child.kill('SIGINT');
  expect(await once(child, 'exit')).toEqual([130, null]);
  expect(await said).toContain('Interrupted: made from the tries that were finished.');
  expect(await allGone(mark)).toBe(true);
});

test('a bad option ends it before anything starts', async () => {
  for (const [option, value] of [
    ['--patience', '5'],
    ['--transports', 'carrier-pigeon'],
    ['--format', 'svg'],
  ] as const) {
    const { code, stdout, stderr } = await rtbench(['fallback', option, value]);
    expect({ code, stdout, lines: stderr.trim().split('\n').length }).toEqual({
      code: 2,
      stdout: '',
      lines: 1,
    });
    expect(stderr).toContain(`Expected ${option} to be`);
  }
});
