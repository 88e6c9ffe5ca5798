import { once } from 'node:events';
import { request } from 'node:http';
import { connect } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { OpenStage } from '../../../src/demo/stage/open.ts';
import { policyFor } from '../../../src/demo/stage/page/policy.ts';
import { seededRandom } from '../../../src/random.ts';
import { openDemo, Visitor } from './visitor.ts';

let stage: OpenStage;
beforeAll(async () => {
  stage = await openDemo();
});
afterAll(() => stage.close());

/** Asks as `fetch` would not: with any name, path and method. */
async function ask(path: string, headers: Record<string, string> = {}, method = 'GET') {
  const asking = request({ host: '127.0.0.1', port: stage.port, path, method, headers, agent: false });
  asking.end();
  const [response] = await once(asking, 'response');
  let body = '';
  for await (const chunk of response) body += chunk;
  return { status: response.statusCode, headers: response.headers, body };
}

test('the page and what belongs to it are served, with a policy that knows all relay ports', async () => {
  const page = await ask('/');
  expect(page.status).toBe(200);
  expect(page.headers['content-type']).toBe('text/html; charset=utf-8');
  expect(page.body).toMatch(/^<!doctype html>/i);
  // Nothing in it that its own policy would forbid.
  expect(page.body).not.toMatch(/<style|style="|<script(?![^>]* src=)|https?:/);

  const types = { '/demo.js': 'text/javascript; charset=utf-8', '/demo.css': 'text/css; charset=utf-8' };
  for (const [path, type] of Object.entries(types)) {
    expect(page.body, path).toContain(path.slice(1));
    const found = await ask(`${path}?v=1`);
    expect([found.status, found.headers['content-type']]).toEqual([200, type]);
    expect(found.body.length).toBeGreaterThan(0);
    expect(found.headers['content-security-policy']).toBe(page.headers['content-security-policy']);
  }

  const policy = String(page.headers['content-security-policy']);
  const visitor = await Visitor.at(stage.url);
  const { ports } = await visitor.next('welcome');
  for (const port of Object.values(ports)) {
    expect(policy).toContain(` http://127.0.0.1:${port} ws://127.0.0.1:${port}`);
  }
  // Six lanes, and two nodes of a cluster.
  expect(policy.match(/ http:/g)).toHaveLength(8);
  expect(policy).toMatch(/^default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; /);
  expect(policy).toMatch(/; base-uri 'none'; form-action 'none'; frame-ancestors 'none'$/);
  expect(page.headers).toMatchObject({
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-store',
  });
});

test('the policy names the host that was asked for, and no IPv6 address, which none can', () => {
  const policy = policyFor(new URL('http://localhost:8765'), [4000]);
  expect(policy).toContain(
    "connect-src 'self' ws://localhost:8765 http://localhost:4000 ws://localhost:4000;",
  );
  expect(policyFor(new URL('http://[::1]:8765'), [4000])).toContain(
    "connect-src 'self' ws://*:8765 http://*:4000 ws://*:4000;",
  );
});

test('only HEAD beside GET, and nothing else by any path', async () => {
  const head = await ask('/demo.js', {}, 'HEAD');
  expect([head.status, head.body]).toEqual([200, '']);
  expect(Number(head.headers['content-length'])).toBeGreaterThan(0);
  for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS']) {
    const refused = await ask('/', {}, method);
    expect([refused.status, refused.headers.allow]).toEqual([405, 'GET, HEAD']);
  }
  const paths = [
    '/demo.html',
    '/package.json',
    '/../package.json',
    '/..%2fpackage.json',
    '//',
    '/./',
    '/control',
  ];
  for (const path of [...paths, '/demo.js/', '/%00', '/__proto__', '/?', '*']) {
    expect((await ask(path)).status, path).toBe(path === '/?' ? 200 : 404);
  }
});

test('a name that is not ours is refused: a page of its own could read all', async () => {
  const own = `:${stage.port}`;
  for (const name of ['127.0.0.1', 'localhost'])
    expect((await ask('/', { host: name + own })).status).toBe(200);
  for (const host of [`evil.example${own}`, '127.0.0.1', '127.0.0.1:1', `127.0.0.1${own}.evil.example`]) {
    expect((await ask('/', { host })).status, host).toBe(403);
  }
});

test('hostile bytes leave it serving', async () => {
  const random = seededRandom(7);
  const any = (count: number) => Buffer.from(Array.from({ length: count }, () => Math.floor(random() * 256)));
  const head = (line: string, more = '') =>
    `${line} HTTP/1.1\r\nHost: 127.0.0.1:${stage.port}\r\n${more}\r\n`;
  const upgrade = 'Connection: Upgrade\r\nUpgrade: websocket\r\n';
  const hostile = [
    ...Array.from({ length: 20 }, () => any(200)),
    head('GET /../../etc/passwd'),
    head('GET http://127.0.0.1/'),
    head('CONNECT 127.0.0.1:22'),
    head('GET /control', upgrade),
    head('GET /control', `${upgrade}Sec-WebSocket-Version: 99\r\nSec-WebSocket-Key: x\r\n`),
    head('GET /', `${upgrade}`),
    head('POST /', 'Content-Length: 99999999999\r\n'),
    head('POST /', 'Transfer-Encoding: chunked\r\nContent-Length: 3\r\n'),
    head('GET /', `X: ${'y'.repeat(20_000)}\r\n`),
    `GET / HTTP/1.1\r\n\r\n`,
    `GET / HTTP/9.9\r\nHost: x\r\n\r\n`,
  ];
  const answers = await Promise.all(hostile.map(say));
  expect(answers.filter((answer) => /^HTTP\/1\.1 (2|101)/.test(answer))).toEqual([]);
  expect((await ask('/')).status).toBe(200);
});

async function say(bytes: Buffer | string): Promise<string> {
  const socket = connect(stage.port, '127.0.0.1');
  socket.on('error', () => undefined);
  let answer = '';
  socket.on('data', (chunk) => {
    answer += chunk;
  });
  socket.end(bytes);
  await once(socket, 'close');
  return answer;
}
