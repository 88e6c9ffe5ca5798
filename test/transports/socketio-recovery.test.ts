import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { socketio, socketioPolling, socketioWebsocket } from '../../src/transports/socketio/index.ts';
import { withBothCrowds } from './crowds.ts';
import { arrived, type Host, serve, until } from './harness.ts';

const ALL = withBothCrowds([socketio, socketioWebsocket, socketioPolling]);

describe.each(ALL)('$crowd $transport.name with recovery', ({ transport }) => {
  let host: Host;
  beforeEach(async () => {
    host = await serve(transport, { recovery: true });
  });
  afterEach(() => host.close());

  it('resumes after a cut, is the same peer in the same rooms, and gets each message once', async () => {
    let asked = 0;
    host.http.prependListener('request', (_, response) => {
      asked++;
      response.once('close', () => asked--);
    });
    const [one, two] = [await host.connect(), await host.connect()];
    two.peer.join('a room');
    for (const { connection } of [one, two]) {
      await until('settled', () => connection.carrying === transport.carries);
    }
    host.side.publish('all', 'before');
    for (const { inbox } of [one, two]) await arrived(inbox, 1);
    // A request that is on its way as the network breaks would come through over another connection.
    await until('all have asked again', () => asked === (transport.carries === 'polling' ? 2 : 0));
    host.cut();
    host.side.publish('all', 'into the cut');
    // A connection that was just being made is broken too.
    await until('the cut', () => {
      host.cut();
      return host.sockets.size === 0;
    });
    // Now the server knows of nobody who could hear it.
    for (let count = 0; count < 20; count++) host.side.publish('all', `meanwhile ${count}`);
    one.peer.send('for one');
    host.side.publish('a room', Uint8Array.of(1, 2, 3));
    host.side.publish('all', 'after');
    for (const { inbox } of [one, two]) await until('what came after', () => inbox.includes('after'));
    await until('both told', () => one.turns.length + two.turns.length === 4);
    host.side.publish('all', 'live again');
    for (const { inbox } of [one, two]) await until('the newest', () => inbox.includes('live again'));

    const common = ({ inbox }: typeof one) =>
      inbox.filter((it) => typeof it === 'string' && it !== 'for one');
    const missed = ['into the cut', ...Array.from({ length: 20 }, (_, count) => `meanwhile ${count}`)];
    for (const client of [one, two]) {
      expect(common(client)).toEqual(['before', ...missed, 'after', 'live again']);
    }
    expect(one.inbox.filter((it) => it === 'for one')).toHaveLength(1);
    expect(two.inbox.filter((it) => it instanceof Uint8Array)).toHaveLength(1);
    for (const { turns, ended } of [one, two])
      expect([turns, ended]).toEqual([['interrupted', 'resumed'], []]);
    expect([host.app.peers.length, host.app.ended]).toEqual([2, []]);

    one.connection.send('up');
    await arrived(host.app.inbox, 1);
    expect(host.app.from(one.peer)).toEqual(['up']);
    await one.connection.close();
    await until('the end of one', () => host.app.ended.length > 0);
    expect([host.app.endings(one.peer).length, host.app.endings(two.peer)]).toEqual([1, []]);
  });
});

describe('socket.io with recovery', () => {
  it('has told of everybody once it is closed, also of who was away', async () => {
    const host = await serve(socketioWebsocket, { recovery: true });
    const { connection, peer } = await host.connect();
    await connection.cut();
    await until('the cut', () => host.sockets.size === 0);
    expect(host.app.ended).toEqual([]);
    await host.close();
    expect(host.app.endings(peer)).toEqual(['the server is closing']);
  });

  it('awaits nobody whom it dropped itself', async () => {
    const host = await serve(socketioWebsocket, { recovery: true, maxMessageBytes: 100 });
    const { connection, peer } = await host.connect();
    connection.send('x'.repeat(101));
    await until('its end', () => host.app.ended.length > 0);
    expect(host.app.endings(peer)).toEqual(['sent too large a message']);
    await host.close();
  });
});
