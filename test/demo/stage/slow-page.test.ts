import { once } from 'node:events';
import { createServer } from 'node:http';
import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { Pages } from '../../../src/demo/stage/control/pages.ts';
import { countsOf, perTransport } from '../../../src/demo/stage/counts.ts';
import { type DemoState, FIRST_SETTINGS } from '../../../src/demo-talk.ts';

const STATE: DemoState = {
  atMs: 0,
  settings: FIRST_SETTINGS,
  network: { isCut: false, isWebSocketBlocked: false },
  server: 'running',
  starts: 1,
  published: 0,
  visitors: 2,
  lanes: countsOf({}, []),
  cluster: { missing: null, phase: 'off', hasAdapter: false, redis: 'running', ports: [], published: 0 },
  tour: null,
};

test('a page that reads nothing is let go of, and the others are shown everything', async () => {
  let show: (state: DemoState) => void = () => undefined;
  let isWatching = false;
  const pages = new Pages(
    {
      welcome: () => ({ type: 'welcome', version: '', mayControl: false, ports: perTransport(() => 0) }),
      ask: async () => null,
    },
    (observer) => {
      show = observer;
      isWatching = true;
      return () => {
        isWatching = false;
      };
    },
  );
  const server = createServer().on('upgrade', pages.take).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const url = `ws://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/`;
  const [reads, sleeps] = [await open(url), await open(url)];
  let shown = 0;
  reads.on('message', () => {
    shown += 1;
  });
  sleeps.pause();
  let sent = 0;
  while (pages.count === 2) {
    show({ ...STATE, published: ++sent });
    await turn();
  }
  expect(reads.readyState).toBe(WebSocket.OPEN);
  await expect.poll(() => shown).toBe(sent);
  expect(isWatching).toBe(true);
  reads.terminate();
  await expect.poll(() => isWatching).toBe(false);
  sleeps.terminate();
  server.close();
});

/** A page that has been welcomed. */
async function open(url: string): Promise<WebSocket> {
  const page = new WebSocket(url);
  await once(page, 'open');
  page.send('{"type":"hello","token":null}');
  await once(page, 'message');
  return page;
}
