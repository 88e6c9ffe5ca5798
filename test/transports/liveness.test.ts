import { describe, it, type TestContext } from 'vitest';
import type { Transport } from '../../src/contracts.ts';
import { transports } from '../../src/transports/index.ts';
import { withBothCrowds } from './crowds.ts';
import { arrived, serve, until } from './harness.ts';
import { holeBefore } from './hole.ts';

/** Time enough for a busy machine; all transports wait at the same time. */
const BEAT = { heartbeatMs: 100, heartbeatTimeoutMs: 1_200, holdMs: 100 };
const SIGNS = 5;

describe.concurrent.each(withBothCrowds(transports))('$crowd $transport.name', ({ transport }) => {
  const knows = transport.family === 'websocket' || transport.family === 'socketio';

  it('keeps a connection on which nothing is said', async ({ expect, onTestFinished }) => {
    const { host, hole } = await begin(transport, onTestFinished);
    const client = await host.connect({}, hole.url);
    const written = () => [...host.sockets].reduce((sum, { bytesWritten }) => sum + bytesWritten, 0);
    for (let sign = 0, before = written(); sign < SIGNS; sign++, before = written()) {
      await until('a sign of life', () => written() !== before);
    }
    host.side.publish('all', 'still here');
    await arrived(client.inbox, 1);
    expect([client.turns, client.ended, host.app.ended]).toEqual([[], [], []]);
  });

  it('each side finds out that the other has vanished', async ({ expect, onTestFinished }) => {
    const { host, hole } = await begin(transport, onTestFinished);
    const [gone, other] = [await host.connect({}, hole.url), await host.connect()];
    await until('settled', () => gone.connection.carrying === transport.carries);
    hole.open();
    await until('the client noticed', () => gone.ended.length + gone.turns.length > 0);
    if (knows) await until('the server noticed', () => host.app.endings(gone.peer).length > 0);
    const missed = Array.from({ length: 20 }, (_, index) => String(index));
    for (const message of missed) host.side.publish('all', message);
    hole.end();
    await arrived(other.inbox, missed.length);
    if (transport.resumes) {
      await arrived(gone.inbox, missed.length);
      await until('it told', () => gone.turns.length === 2);
      expect(gone.inbox).toEqual(missed);
      expect([gone.turns, gone.ended]).toEqual([['interrupted', 'resumed'], []]);
    } else if (transport.family === 'socketio') {
      await until('a new peer', () => gone.turns.length === 2);
      expect([gone.turns, gone.ended]).toEqual([['interrupted', 'renewed'], []]);
    } else {
      expect(gone.ended).toEqual([expect.stringContaining('silent for')]);
    }
    expect(host.app.endings(gone.peer)).toHaveLength(knows ? 1 : 0);
    expect([other.inbox, other.turns, other.ended, host.app.endings(other.peer)]).toEqual([
      missed,
      [],
      [],
      [],
    ]);
  });
});

async function begin(transport: Transport, onTestFinished: TestContext['onTestFinished']) {
  const host = await serve(transport, BEAT);
  const hole = await holeBefore(host.url);
  onTestFinished(async () => {
    await hole.close();
    await host.close();
  });
  return { host, hole };
}
