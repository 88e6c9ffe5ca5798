import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, test } from 'vitest';
import { DEMO_TRANSPORTS } from '../../src/demo-talk.ts';
import { arrived } from '../transports/harness.ts';
import { ask, cleanups, PAGE, serverHere, textOf, visit } from './visiting.ts';

const ENGINE = '/socket.io/?EIO=4';
const HANDSHAKE = `${ENGINE}&transport=polling`;

/** One request of each kind that a browser makes, what is answered, and how. */
const REQUESTS: readonly (readonly [path: string, method: string, status: number])[] = [
  ['/lane/polling/session', 'POST', 201],
  ['/lane/polling/session/ID/0', 'GET', 204],
  ['/lane/polling/session/ID', 'PUT', 405],
  ['/lane/polling/session/ID', 'DELETE', 204],
  ['/lane/polling/session/nobody/0', 'GET', 404],
  ['/lane/longpoll/session', 'POST', 201],
  ['/chat/longpoll/session', 'POST', 201],
  ['/lane/streaming/stream', 'GET', 200],
  ['/lane/sse/stream', 'GET', 200],
  ['/lane/sse/stream/nobody/0', 'GET', 404],
  ['/lane/websocket/ws', 'GET', 426],
  [`/lane/socketio${HANDSHAKE}`, 'GET', 200],
  [`/lane/socketio${ENGINE}&transport=pigeon`, 'GET', 400],
  [`/chat/socketio${HANDSHAKE}&sid=nobody`, 'POST', 400],
  ['/lane/socketio/other', 'GET', 404],
  ['/lane/pigeon/session', 'POST', 404],
  ['/', 'GET', 404],
];

/** An upgrade as a browser asks for it; answers with the status, 0 where there is none. */
async function upgrade(port: number, path: string, headers: Readonly<Record<string, string>>) {
  const socket = connect({ port, host: '127.0.0.1' });
  cleanups.push(() => socket.destroy());
  const lines = Object.entries({
    Host: `127.0.0.1:${port}`,
    Connection: 'Upgrade',
    Upgrade: 'websocket',
    'Sec-WebSocket-Version': '13',
    'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
    ...headers,
  }).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.write(`GET ${path} HTTP/1.1\r\n${lines.join('')}\r\n`);
  let answer = '';
  socket.on('data', (part) => {
    answer += part;
  });
  await Promise.race([once(socket, 'data'), once(socket, 'end')]);
  return Number(answer.split(' ')[1] ?? 0);
}

describe('the door', async () => {
  test.each(REQUESTS)('lets the page read what %s %s is answered', async (path, method, status) => {
    const { port } = await serverHere();
    const { session } = JSON.parse(
      await textOf(await ask(port, '/lane/polling/session', { method: 'POST' })),
    );
    const answer = await ask(port, path.replace('ID', session), { method, headers: { Origin: PAGE } });
    expect(answer.statusCode).toBe(status);
    expect(answer.headers['access-control-allow-origin']).toBe(PAGE);
    expect(answer.headers.vary).toBe('Origin');
  });

  test('turns away pages of other origins and whoever calls it by another name', async () => {
    const { server, port } = await serverHere();
    const wrong: Readonly<Record<string, string>>[] = [
      { Origin: 'http://127.0.0.1:8081' },
      { Origin: 'https://127.0.0.1:8080' },
      { Origin: 'null' },
      { Origin: '' },
      { Origin: `${PAGE}, ${PAGE}` },
      { Origin: 'http://evil.example' },
      { Host: 'evil.example' },
      { Host: `evil.example:${port}`, Origin: PAGE },
      { Host: '127.0.0.1.evil.example' },
      { Host: 'localhost.evil.example', Origin: PAGE },
      { Host: 'localhost@evil.example' },
      { Host: ':80' },
      { 'Sec-Fetch-Site': 'cross-site' },
    ];
    for (const headers of wrong) {
      for (const [path, method] of [...REQUESTS, ['/lane/sse/stream', 'OPTIONS'] as const]) {
        const answer = await ask(port, path, { method, headers });
        expect([answer.statusCode, path, headers]).toEqual([403, path, headers]);
        expect(answer.headers).not.toHaveProperty('access-control-allow-origin');
      }
      for (const path of ['/lane/websocket/ws', `/lane/socketio${ENGINE}&transport=websocket`]) {
        expect([await upgrade(port, path, headers), headers]).toEqual([403, headers]);
      }
    }
    expect(Object.values(server.read().lanes).map(({ requests }) => requests)).toEqual([0, 0, 0, 0, 0, 0]);
  });

  test('lets in the page, no browser at all, and the names of this machine', async () => {
    const { port } = await serverHere({ origins: [PAGE, 'http://stage.local:8080'] });
    const right: Readonly<Record<string, string>>[] = [
      {},
      { Origin: PAGE },
      { Origin: PAGE, 'Sec-Fetch-Site': 'cross-site' },
      { Host: 'localhost' },
      { Host: `LOCALHOST:${port}` },
      { Host: '127.1.2.3:99' },
      { Host: `[::1]:${port}` },
      { Host: 'stage.local:9', Origin: 'http://stage.local:8080' },
    ];
    for (const headers of right) {
      expect((await ask(port, '/chat/polling/session', { method: 'POST', headers })).statusCode).toBe(201);
      expect(await upgrade(port, '/lane/websocket/ws', headers)).toBe(101);
      expect(await upgrade(port, `/lane/socketio${ENGINE}&transport=websocket`, headers)).toBe(101);
    }
  });

  test('says beforehand what the page may ask', async () => {
    const { server, port } = await serverHere();
    for (const transport of DEMO_TRANSPORTS) {
      const headers = { Origin: PAGE, 'Access-Control-Request-Method': 'DELETE' };
      const answer = await ask(port, `/lane/${transport}/session/x`, { method: 'OPTIONS', headers });
      expect(answer.statusCode).toBe(204);
      expect(answer.headers).toMatchObject({
        'access-control-allow-origin': PAGE,
        'access-control-allow-methods': 'GET, POST, DELETE',
        'access-control-allow-headers': 'content-type, last-event-id',
        'access-control-max-age': '86400',
      });
    }
    expect((await ask(port, '/lane/polling/session', { method: 'OPTIONS' })).statusCode).toBe(405);
    expect(server.read().lanes.polling?.requests).toBe(0);
  });

  test.each([
    '/lane/../lane/polling/session',
    '/lane/polling/../../../../etc/passwd',
    '/lane/polling/%2e%2e/session',
    '//lane/polling/session',
    '/lane//session',
    '/lane/polling',
    '/lane/socketio//[',
    '/lane/socketio/?%',
    '/LANE/polling/session',
    'http://127.0.0.1/lane/polling/session',
    '*',
  ])('leads nowhere by %s', async (path) => {
    const { port } = await serverHere();
    const answer = await ask(port, path, { method: 'POST' });
    expect([404, 405]).toContain(answer.statusCode);
  });

  test.each(['/lane/polling/session', '/lane/streaming/x', '/lane/socketio/other', '/nowhere'])(
    'upgrades nothing at %s',
    async (path) => {
      const { port } = await serverHere();
      expect([0, 400, 404]).toContain(await upgrade(port, path, {}));
    },
  );

  test('is closed to more than there is place for; those inside go on', async () => {
    const { server, port } = await serverHere();
    const before = await visit(port, 'lane', 'polling');
    const newcomers = [
      [`/lane/socketio${HANDSHAKE}`, 'GET'],
      ['/chat/sse/stream', 'GET'],
      // Nobody's session is no session.
      [`/lane/socketio${HANDSHAKE}&sid=x&s%69d=`, 'GET'],
      ['/lane/longpoll/session//1', 'POST'],
    ] as const;
    const refused = new Set<string>();
    const knock = async (index: number) => {
      const [path, method] = newcomers[index % newcomers.length] ?? newcomers[0];
      const answer = await ask(port, path, { method, headers: { Origin: PAGE } });
      expect([200, 201, 503]).toContain(answer.statusCode);
      expect(answer.headers['access-control-allow-origin']).toBe(PAGE);
      if (answer.statusCode === 503) refused.add(path);
    };
    for (let left = 20; left > 0 && refused.size < newcomers.length; left--) {
      await Promise.all(Array.from({ length: 100 }, (_, index) => knock(index)));
    }
    expect(refused.size).toBe(newcomers.length);
    server.set({ eventsPerSecond: 100, payloadBytes: 64 });
    await arrived(before.heard, 3);
  });
});
