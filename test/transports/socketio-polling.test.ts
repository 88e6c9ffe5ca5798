import type { IncomingMessage } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { socketioPolling } from '../../src/transports/socketio/index.ts';
import { contractSuite } from './contract.ts';
import { arrived, type Host, serve, until } from './harness.ts';

contractSuite(socketioPolling);

describe('socketio-polling', () => {
  let host: Host;
  let requests: IncomingMessage[];
  let addresses: Set<string | undefined>;
  let connections: number;
  beforeEach(async () => {
    host = await serve(socketioPolling, { maxMessageBytes: 1_000 });
    requests = [];
    connections = 0;
    addresses = new Set();
    host.http.prependListener('request', (request: IncomingMessage) => requests.push(request));
    host.http.on('connection', ({ remoteAddress }) => {
      connections++;
      addresses.add(remoteAddress);
    });
  });
  afterEach(() => host.close());

  async function exchange(socketioAgent: 'keep-alive' | 'default'): Promise<void> {
    const { connection, inbox } = await host.connect({ socketioAgent, localAddress: '127.0.0.7' });
    for (let count = 1; count <= 10; count++) {
      connection.send('up');
      await arrived(host.app.inbox, count);
      host.side.publish('all', 'down');
      await arrived(inbox, count);
    }
    expect(requests.length).toBeGreaterThanOrEqual(20);
    expect(addresses).toEqual(new Set(['127.0.0.7']));
  }

  it('keeps to a GET and a POST connection by default', async () => {
    await exchange('keep-alive');
    expect(connections).toBe(2);
    expect(requests.at(-1)?.headers.connection).toBe('keep-alive');
  });

  it("opens a connection for each request as the library's own agent does", async () => {
    await exchange('default');
    await until('a request on each connection', () => connections === requests.length);
    expect(requests.at(-1)?.headers.connection).toBe('close');
  });

  it("sends a browser's headers when asked", async () => {
    await host.connect();
    const minimal = requests.at(-1)?.headers;
    await host.connect({ headers: 'browser' });
    const browser = requests.at(-1)?.headers;
    expect(minimal?.['user-agent']).not.toContain('Mozilla');
    expect(browser).toMatchObject({
      'user-agent': expect.stringContaining('Mozilla'),
      'sec-fetch-mode': 'cors',
      referer: host.url.href,
    });
  });

  it.each([
    ['GET', '?EIO=4&transport=polling&sid=nobody', undefined, 400],
    ['GET', '?EIO=3&transport=polling', undefined, 400],
    ['GET', '?EIO=4&transport=websocket', undefined, 400],
    ['GET', '?EIO=4&transport=__proto__', undefined, 400],
    ['POST', '?EIO=4&transport=polling', 'x', 400],
    ['POST', '?EIO=4&transport=polling&sid=%s', '\u001e4\u001e9{', 200],
    ['POST', '?EIO=4&transport=polling&sid=%s', '4'.repeat(10_000), 413],
  ])('answers %s %s properly', async (method, query, body, status) => {
    const opened = await fetch(new URL('/socket.io/?EIO=4&transport=polling', host.url));
    const { sid } = JSON.parse((await opened.text()).slice(1));
    const url = new URL(`/socket.io/${query.replace('%s', sid)}`, host.url);
    const response = await fetch(url, { method, ...(body !== undefined && { body }) });
    await response.text();
    expect(response.status).toBe(status);
    const { connection, inbox } = await host.connect();
    connection.send('still served');
    await until('its message', () => host.app.inbox.length === 1);
    expect(inbox).toEqual([]);
  });
});
