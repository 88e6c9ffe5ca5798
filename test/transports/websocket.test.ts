import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { TransportOptions } from '../../src/contracts.ts';
import { websocket } from '../../src/transports/websocket/index.ts';
import { contractSuite } from './contract.ts';
import { bytesPerMessage, type Host, serve, until } from './harness.ts';

contractSuite(websocket);

describe('websocket', () => {
  const hosts: Host[] = [];
  afterEach(async () => {
    for (const host of hosts.splice(0)) await host.close();
  });

  async function serveOne(options: Partial<TransportOptions> = {}): Promise<Host> {
    const host = await serve(websocket, options);
    hosts.push(host);
    return host;
  }

  async function raw(host: Host, options: object = {}, path = '/ws'): Promise<WebSocket> {
    const socket = new WebSocket(new URL(path, host.url), options);
    socket.on('error', () => {});
    await Promise.race([once(socket, 'open'), once(socket, 'close')]);
    return socket;
  }

  it('carries a 64-byte text in 66 bytes down and 70 up', async () => {
    const host = await serveOne();
    const cost = await bytesPerMessage(host, await host.connect(), '.'.repeat(64));
    expect(cost).toEqual({ down: 66, up: 70 });
  });

  it('tells a plain request that it must upgrade, and refuses to upgrade elsewhere', async () => {
    const host = await serveOne();
    const response = await fetch(new URL('/ws', host.url), { headers: { connection: 'close' } });
    expect([response.status, response.headers.get('upgrade')]).toEqual([426, 'websocket']);
    const elsewhere = new WebSocket(new URL('/elsewhere', host.url));
    const [error] = await once(elsewhere, 'error');
    expect(String(error)).toContain('400');
  });

  it('drops a client that answers no ping, and keeps one that does', async () => {
    const host = await serveOne({ heartbeatMs: 40, heartbeatTimeoutMs: 30 });
    const live = await host.connect();
    const silent = await raw(host, { autoPong: false });
    const [code] = await once(silent, 'close');
    expect(code).toBe(1006);
    await until('the end of the silent one', () => host.app.ended.length > 0);
    expect(host.app.ended).toEqual([{ peer: host.app.peers[1], why: 'no answer to a ping for 30 ms' }]);
    expect(live.ended).toEqual([]);
  });

  it.each([
    ['a frame without its mask', Buffer.from([0x81, 0x01, 0x61]), 1002],
    ['an unknown opcode', Buffer.from([0x8f, 0x80, 0, 0, 0, 0]), 1002],
    ['text that is no UTF-8', Buffer.from([0x81, 0x82, 0, 0, 0, 0, 0xc3, 0x28]), 1007],
    ['a length beyond the limit', Buffer.from([0x82, 0xff, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0]), 1009],
  ])('closes on %s with the proper code', async (_what, frame, expected) => {
    const host = await serveOne();
    const upgraded = once(host.http, 'upgrade');
    const socket = await raw(host);
    const connections = [...host.sockets];
    await upgraded;
    expect(connections).toHaveLength(1);
    // Beneath the library, which would not send such a frame.
    const wire = Reflect.get(socket, '_socket');
    wire.write(frame);
    const [code] = await once(socket, 'close');
    expect(code).toBe(expected);
    await until('its end', () => host.app.ended.length === 1);
    expect(host.app.inbox).toEqual([]);
  });

  it("sends a browser's headers only when asked, from the address asked for", async () => {
    const host = await serveOne();
    const requests: IncomingMessage[] = [];
    host.http.on('upgrade', (request: IncomingMessage) => requests.push(request));
    await host.connect();
    await host.connect({ headers: 'browser', localAddress: '127.0.0.9' });
    const [minimal, browser] = requests;
    expect(minimal?.headers).not.toHaveProperty('user-agent');
    expect(minimal?.socket.remoteAddress).toBe('127.0.0.1');
    expect(browser?.headers['user-agent']).toContain('Mozilla');
    expect(browser?.headers.origin).toBe(host.url.origin);
    expect(browser?.socket.remoteAddress).toBe('127.0.0.9');
  });
});
