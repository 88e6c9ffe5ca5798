import { afterEach, describe, expect, it } from 'vitest';
import type { TransportOptions } from '../../src/contracts.ts';
import { longpoll } from '../../src/transports/longpoll/index.ts';
import { contractSuite } from './contract.ts';
import { arrived, type Host, serve, until } from './harness.ts';

contractSuite(longpoll);
describe('with one message an answer', () => contractSuite(longpoll, { longpollBatch: false }));

describe('longpoll', () => {
  let host: Host;
  const answered: number[] = [];
  const begin = async (options: Partial<TransportOptions>) => {
    host = await serve(longpoll, options);
    answered.length = 0;
    host.app.answered = (messages?: number) => answered.push(messages ?? -1);
  };
  afterEach(() => host.close());

  it('holds a request until there is a message', async () => {
    await begin({ holdMs: 60_000 });
    const { session, held } = await hold();
    expect(answered).toEqual([]);
    host.side.publish('all', 'one');
    host.side.publish('all', 'two');
    expect(await (await held).json()).toEqual({ cursor: 1, messages: ['one'] });
    expect(await (await poll(session, 1)).json()).toEqual({ cursor: 2, messages: ['two'] });
    expect(answered).toEqual([1, 1]);
  });

  it('answers empty once it has been held for long', async () => {
    await begin({ holdMs: 30 });
    const { inbox } = await host.connect();
    await until('two empty answers', () => answered.length === 2);
    expect(answered).toEqual([0, 0]);
    host.side.publish('all', 'still here');
    await arrived(inbox, 1);
  });

  it('carries all that is pending, or one message', async () => {
    for (const [longpollBatch, messages] of [[true, ['1', '2', '3']] as const, [false, ['1']] as const]) {
      await begin({ longpollBatch });
      const { session, cursor } = await open();
      for (const text of ['1', '2', '3']) host.side.publish('all', text);
      const answer = await (await poll(session, cursor)).json();
      expect(answer).toEqual({ cursor: messages.length, messages });
      if (longpollBatch) await host.close();
    }
  });

  it('ends an older request when a newer one comes', async () => {
    await begin({ holdMs: 60_000 });
    const { session, held } = await hold();
    const newer = poll(session, 0);
    expect((await held).status).toBe(409);
    host.side.publish('all', 'for the newer');
    expect((await newer).status).toBe(200);
  });

  it('keeps a message for a client whose held request was cut', async () => {
    await begin({ holdMs: 60_000 });
    const { session, held } = await hold();
    host.cut();
    await held.catch(() => {});
    host.side.publish('all', 'kept');
    expect(await (await poll(session, 0)).json()).toEqual({ cursor: 1, messages: ['kept'] });
    expect(answered).toEqual([1]);
  });

  async function open(): Promise<{ session: string; cursor: number }> {
    const response = await fetch(new URL('/session', host.url), { method: 'POST' });
    return Object(await response.json());
  }

  function poll(session: string, cursor: number): Promise<Response> {
    return fetch(new URL(`/session/${session}/${cursor}`, host.url));
  }

  /** Opens a session and waits until its first request is held. */
  async function hold() {
    const { session, cursor } = await open();
    const asked = new Promise((resolve) => host.http.once('request', resolve));
    const held = poll(session, cursor);
    await asked;
    return { session, held };
  }
});
