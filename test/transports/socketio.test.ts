import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { socketio } from '../../src/transports/socketio/index.ts';
import { contractSuite } from './contract.ts';
import { arrived, type Host, serve, until } from './harness.ts';

contractSuite(socketio);

describe('socketio', () => {
  let host: Host;
  beforeEach(async () => {
    host = await serve(socketio);
  });
  afterEach(() => host.close());

  it('starts by polling, then upgrades, loses nothing on the way and keeps one connection', async () => {
    const firsts: (string | undefined)[] = [];
    host.http.prependListener('request', ({ url }) => firsts.push(url));
    let published = 0;
    const opened = host.app.opened.bind(host.app);
    const publishing = setInterval(() => {
      if (host.app.peers.length > 0) host.side.publish('all', String(published++));
    }, 1);
    host.app.opened = (peer) => {
      opened(peer);
      host.side.publish('all', String(published++));
    };
    const { connection, inbox } = await host.connect();
    await until('the upgrade', () => connection.carrying === 'websocket' && published > 50);
    clearInterval(publishing);
    await arrived(inbox, published);
    expect(inbox).toEqual(Array.from({ length: published }, (_, index) => String(index)));
    expect(firsts[0]).toContain('transport=polling');
    await until('one connection', () => host.sockets.size === 1);
  });

  it('stays with polling where the upgrade is refused', async () => {
    host.http.removeAllListeners('upgrade');
    host.http.on('upgrade', (_request, socket) => socket.end('HTTP/1.1 403 Forbidden\r\n\r\n'));
    const { connection, inbox } = await host.connect();
    for (let count = 1; count <= 20; count++) {
      host.side.publish('all', 'down');
      await arrived(inbox, count);
    }
    expect(connection.carrying).toBe('polling');
  });
});
