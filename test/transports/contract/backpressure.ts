import { fork } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import type { Transport, TransportOptions } from '../../../src/contracts.ts';
import { inWords } from '../crowds.ts';
import { arrived, type Host, serve, until } from '../harness.ts';

const MESSAGE = '.'.repeat(64 << 10);
const BATCH = 8;
/** More than any kernel buffers on both sides of one connection. */
const MOST_MESSAGES = 4_096;

/** What a client that does not read can cost: a stopped process, so nothing of it is pretended. */
export function backpressure(transport: Transport, overrides: Partial<TransportOptions>): void {
  const pulls = transport.family === 'polling' || transport.family === 'longpoll';
  describe('a client that does not read', () => {
    const ends: (() => unknown)[] = [];
    afterEach(async () => {
      for (const end of ends.splice(0).reverse()) await end();
    });

    it.skipIf(pulls)('is dropped with the reason, and costs the others nothing', async () => {
      const host = await serveOne({ maxBufferBytes: 4 << 20 });
      const healthy = await host.connect();
      const stopped = await connectChild(host);
      stopped.stop();
      let published = 0;
      while (host.app.endings(stopped.peer).length === 0 && published < MOST_MESSAGES) {
        for (let index = 0; index < BATCH; index++) host.side.publish('all', MESSAGE);
        published += BATCH;
        await arrived(healthy.inbox, published);
      }
      expect(host.app.endings(stopped.peer)).toEqual([expect.stringContaining('buffer full')]);
      expect(host.app.endings(healthy.peer)).toEqual([]);
      host.side.publish('all', 'end');
      await arrived(healthy.inbox, published + 1);
      expect(healthy.inbox).toHaveLength(published + 1);
      expect(healthy.inbox.at(-1)).toBe('end');
    });

    it.runIf(pulls)('has missed what the log no longer held, and goes on from there', async () => {
      const host = await serveOne({ logMessages: 50 });
      const stopped = await connectChild(host);
      host.side.publish('all', 'before');
      await until('the first message', () => stopped.inbox.length === 1);
      stopped.stop();
      for (let index = 0; index < 500; index++) {
        host.side.publish('all', `meanwhile ${index}`);
        if (index % 50 === 0) await new Promise(setImmediate);
      }
      stopped.goOn();
      await until('the newest message', () => stopped.inbox.includes('meanwhile 499'));
      host.side.publish('all', 'end');
      await until('the end', () => stopped.inbox.includes('end'));
      const missed = 502 - stopped.inbox.length;
      expect(missed).toBeGreaterThanOrEqual(350);
      expect(new Set(stopped.inbox).size).toBe(stopped.inbox.length);
    });

    it('does not keep the server from closing', async () => {
      const host = await serveOne({});
      const stopped = await connectChild(host);
      stopped.stop();
      let closed = false;
      const closing = host.close().then(() => {
        closed = true;
      });
      await until('the server closed', () => closed && host.sockets.size === 0, { timeoutMs: 10_000 });
      await closing;
      expect(host.app.endings(stopped.peer)).toHaveLength(1);
    });

    async function serveOne(options: Partial<TransportOptions>): Promise<Host> {
      const host = await serve(transport, { ...overrides, ...options });
      ends.push(() => host.close());
      return host;
    }

    /** A client in a process of its own, which signals can stop. */
    async function connectChild(host: Host) {
      const index = host.app.peers.length;
      const child = fork(
        new URL('./distant-client.ts', import.meta.url),
        [...inWords(transport), host.url.href, JSON.stringify(host.options)],
        { execArgv: [] },
      );
      const inbox: string[] = [];
      child.on('message', (text) => inbox.push(String(text)));
      ends.push(() => {
        if (child.exitCode !== null || child.signalCode !== null) return;
        child.kill('SIGKILL');
        return once(child, 'exit');
      });
      await until('a client in another process', () => inbox.length > 0 || child.exitCode !== null);
      expect(inbox.splice(0)).toEqual(['connected']);
      const peer = host.app.peers[index];
      if (peer === undefined) throw new Error('connected, but the server opened no peer');
      return { peer, inbox, stop: () => child.kill('SIGSTOP'), goOn: () => child.kill('SIGCONT') };
    }
  });
}
