import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FRAMES_TYPE } from '../../src/transports/polling/answer.ts';
import { polling } from '../../src/transports/polling/index.ts';
import { contractSuite } from './contract.ts';
import { arrived, type Host, serve, until } from './harness.ts';

contractSuite(polling);

describe('polling', () => {
  let host: Host;
  beforeEach(async () => {
    host = await serve(polling, { logMessages: 3 });
  });
  afterEach(() => host.close());

  it('answers at once with what is new since the cursor, again if asked again', async () => {
    const { session, cursor } = await open();
    expect((await poll(session, cursor)).status).toBe(204);
    host.side.publish('all', 'one');
    host.side.publish('all', 'tw"o');
    const body = { cursor: 2, messages: ['one', 'tw"o'] };
    expect(await read(session, cursor)).toEqual(body);
    expect(await read(session, cursor)).toEqual(body);
    expect(await read(session, 1)).toEqual({ cursor: 2, messages: ['tw"o'] });
    expect((await poll(session, 2)).status).toBe(204);
    expect((await poll(session, 3)).status).toBe(400);
  });

  it('tells how many messages its log no longer had, until the client has heard it', async () => {
    const { session, cursor } = await open();
    for (let index = 1; index <= 10; index++) host.side.publish('all', `${index}`);
    const body = { cursor: 10, missed: 7, messages: ['8', '9', '10'] };
    expect(await read(session, cursor)).toEqual(body);
    expect(await read(session, cursor)).toEqual(body);
    host.side.publish('all', '11');
    expect(await read(session, 10)).toEqual({ cursor: 11, messages: ['11'] });
  });

  it('gives what came before a client left a room, in the order of publication', async () => {
    const { session, cursor } = await open();
    const peer = host.app.peers[0];
    peer?.join('side');
    host.side.publish('side', 'one');
    host.side.publish('all', 'two');
    peer?.send('three');
    host.side.publish('side', 'four');
    peer?.leave('side');
    host.side.publish('side', 'not for it');
    peer?.join('side');
    host.side.publish('side', 'five');
    expect(await read(session, cursor)).toMatchObject({ messages: ['one', 'two', 'three', 'four', 'five'] });
  });

  it('carries bytes as they are', async () => {
    const { session, cursor } = await open();
    const bytes = Uint8Array.from({ length: 256 }, (_, index) => index);
    host.side.publish('all', 'text');
    host.side.publish('all', bytes);
    const response = await poll(session, cursor);
    const body = Buffer.from(await response.arrayBuffer());
    expect(response.headers.get('content-type')).toBe(FRAMES_TYPE);
    expect(body.indexOf(bytes)).toBe(body.length - bytes.length);
    expect(body.length).toBeLessThan(bytes.length + 50);
  });

  it('asks an interval after each answer, and tells the application how many messages each carried', async () => {
    const answered: number[] = [];
    host.app.answered = (messages?: number) => answered.push(messages ?? -1);
    const { inbox } = await host.connect();
    await until('an empty answer', () => answered.includes(0));
    host.side.publish('all', 'one');
    host.side.publish('all', 'two');
    await arrived(inbox, 2);
    expect(answered.filter((messages) => messages > 0)).toEqual([2]);
  });

  async function open(): Promise<{ session: string; cursor: number }> {
    const response = await fetch(new URL('/session', host.url), { method: 'POST' });
    expect(response.status).toBe(201);
    return Object(await response.json());
  }

  function poll(session: string, cursor: number): Promise<Response> {
    return fetch(new URL(`/session/${session}/${cursor}`, host.url));
  }

  async function read(session: string, cursor: number): Promise<unknown> {
    return (await poll(session, cursor)).json();
  }
});
