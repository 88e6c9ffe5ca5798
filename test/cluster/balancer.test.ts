import { afterEach, describe, expect, test } from 'vitest';
import { checkBalancer, findBalancer } from '../../src/cluster/balancer/software.ts';
import type { Transport } from '../../src/contracts.ts';
import { findTransport } from '../../src/transports/index.ts';
import { arrived, until } from '../transports/harness.ts';
import { Behind } from './behind.ts';

const NAMES = ['nginx', 'haproxy'] as const;
const MESSAGES = Array.from({ length: 40 }, (_, index) => `message ${index}`);

let behind: Behind | undefined;
afterEach(async () => {
  await behind?.end();
  behind = undefined;
});

function transportNamed(name: string): Transport {
  const transport = findTransport(name);
  if (transport === undefined) throw new Error(`no ${name}`);
  return transport;
}

/** An exchange over the balancer from beginning to end: what was on its way before it has had its time. */
async function askAround({ url }: Behind): Promise<void> {
  for (let count = 0; count < 20; count++) await (await fetch(new URL('nowhere', url))).text();
}

test.each(NAMES)('without %s on the machine, one line says what to install', (name) => {
  expect(() => checkBalancer({ balancer: name }, () => undefined)).toThrow(
    new RegExp(`No ${name} on this machine .*apt install ${name}`),
  );
  expect(() => checkBalancer({ balancer: name }, () => '/usr/sbin/it')).not.toThrow();
  expect(() => checkBalancer({ balancer: 'none' }, () => undefined)).not.toThrow();
});

describe.each(NAMES)('behind %s', (name) => {
  const isThere = findBalancer(name) !== undefined;
  if (!isThere) console.warn(`skipped: ${name} is not installed`);

  test.runIf(isThere).each(['websocket', 'sse', 'streaming', 'longpoll', 'polling', 'socketio'])(
    'everything reaches clients by %s, and a client keeps its node',
    async (transport) => {
      behind = await Behind.start(name, transportNamed(transport));
      const comers = await Promise.all([1, 2, 3, 4].map((index) => behind?.connect(index)));
      for (const message of MESSAGES) behind.publish(message);
      for (const comer of comers) await arrived(comer?.inbox ?? [], MESSAGES.length);
      expect(comers.map((comer) => comer?.inbox)).toEqual(comers.map(() => MESSAGES));
      expect(behind.peers).toBe(comers.length);
      expect(comers.flatMap((comer) => comer?.ended)).toEqual([]);
    },
  );

  test.runIf(isThere)('without upgrades, websocket is told and socket.io goes on by polling', async () => {
    behind = await Behind.start(name, transportNamed('websocket'), { balancerMistake: 'no-upgrade' });
    await expect(behind.connect(1)).rejects.toMatchObject({
      code: 'connect',
      message: expect.stringContaining('Unexpected server response: 426'),
    });
    await behind.end();
    behind = await Behind.start(name, transportNamed('socketio'), { balancerMistake: 'no-upgrade' });
    const comer = await behind.connect(1);
    for (const message of MESSAGES) behind.publish(message);
    await arrived(comer.inbox, MESSAGES.length);
    expect(comer.inbox).toEqual(MESSAGES);
    expect(comer.connection.carrying).toBe('polling');
  });

  test.runIf(isThere)(
    'without stickiness, a session by requests is lost and a WebSocket is not',
    async () => {
      behind = await Behind.start(name, transportNamed('longpoll'), { sticky: false });
      const comer = await behind.connect(1);
      await until('its end', () => comer.ended.length > 0);
      expect(comer.ended).toEqual([expect.stringContaining('404')]);
      await behind.end();
      behind = await Behind.start(name, transportNamed('websocket'), { sticky: false });
      const others = await Promise.all([1, 2].map((index) => behind?.connect(index)));
      expect(behind.hosts.map(({ app }) => app.peers.length)).toEqual([1, 1]);
      for (const message of MESSAGES) behind.publish(message);
      for (const other of others) await arrived(other?.inbox ?? [], MESSAGES.length);
    },
  );
});

test.runIf(findBalancer('nginx') !== undefined)(
  'nginx that buffers holds a stream back until there is more, and a WebSocket not at all',
  async () => {
    const wrong = { balancerMistake: 'buffering' } as const;
    behind = await Behind.start('nginx', transportNamed('streaming'), wrong);
    const coming = behind.connect(1);
    await until('the node to serve it', () => behind?.peers === 1);
    let isIn = false;
    coming.then(() => {
      isIn = true;
    });
    behind.publish('small');
    await askAround(behind);
    expect(isIn).toBe(false);
    const large = Array.from({ length: 10 }, (_, index) => `${index}`.padEnd(1000, '.'));
    for (const message of large) behind.publish(message);
    const { inbox } = await coming;
    await arrived(inbox, 2);
    await askAround(behind);
    expect(inbox).toEqual(['small', ...large].slice(0, inbox.length));
    expect(inbox.length).toBeLessThan(1 + large.length);
    await behind.end();
    behind = await Behind.start('nginx', transportNamed('websocket'), wrong);
    const upgraded = await behind.connect(1);
    behind.publish('small');
    await arrived(upgraded.inbox, 1);
  },
);
