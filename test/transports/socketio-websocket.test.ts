import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { socketioWebsocket } from '../../src/transports/socketio/index.ts';
import { contractSuite } from './contract.ts';
import { bytesPerMessage, type Host, serve, until } from './harness.ts';

contractSuite(socketioWebsocket);

describe('socketio-websocket', () => {
  let host: Host;
  beforeEach(async () => {
    host = await serve(socketioWebsocket, { maxMessageBytes: 1_000 });
  });
  afterEach(() => host.close());

  it('carries a 64-byte text in 76 bytes down and 80 up', async () => {
    const cost = await bytesPerMessage(host, await host.connect(), '.'.repeat(64));
    expect(cost).toEqual({ down: 76, up: 80 });
  });

  it.each([
    ['an object for a message', '42["m",{"a":1}]'],
    ['no message at all', '42["m"]'],
    ['a message beyond the limit', `42["m","${'x'.repeat(1_001)}"]`],
    ['an attachment that never comes', '451-["m",{"_placeholder":true,"num":99}]', Buffer.from('x')],
    ["an event of the library's own", '42["disconnect","x"]'],
    ['half a packet', '42["m'],
    ['an event without a name', '42{}'],
    ['an unknown packet', '9'],
    ['bytes out of turn', Buffer.from([1, 2, 3])],
    ['a second greeting', '40'],
  ])('ends a client that sends %s, and no other', async (_what, ...packets) => {
    const other = await host.connect();
    const socket = new WebSocket(new URL('/socket.io/?EIO=4&transport=websocket', host.url));
    socket.on('error', () => {});
    await once(socket, 'message');
    socket.send('40');
    await once(socket, 'message');
    const closed = once(socket, 'close');
    for (const packet of packets) socket.send(packet);
    await closed;
    await until('its end', () => host.app.ended.length > 0);
    expect(host.app.ended).toHaveLength(1);
    expect(host.app.inbox).toEqual([]);
    other.connection.send('still here');
    await until('the other', () => host.app.inbox.length === 1);
  });

  it('closes clients that never said which namespace they want', async () => {
    const socket = new WebSocket(new URL('/socket.io/?EIO=4&transport=websocket', host.url));
    await once(socket, 'message');
    const closed = once(socket, 'close');
    await host.close();
    await closed;
    expect(host.app.peers).toEqual([]);
  });

  it('passes over events of another name', async () => {
    const socket = new WebSocket(new URL('/socket.io/?EIO=4&transport=websocket', host.url));
    await once(socket, 'message');
    socket.send('40');
    await once(socket, 'message');
    socket.send('42["other","x"]');
    socket.send('42["m","seen"]');
    await until('the message', () => host.app.inbox.length > 0);
    expect(host.app.inbox.map(({ message }) => message)).toEqual(['seen']);
    socket.close();
    await once(socket, 'close');
  });
});
