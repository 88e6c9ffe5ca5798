import { once } from 'node:events';
import { createServer } from 'node:net';
import { describe, expect, test } from 'vitest';
import { checkRedis } from '../../src/cluster/check-redis.ts';
import { Program } from '../../src/instrument/program/program.ts';
import { hasRedisServer, withRedis } from './redis.ts';

const ASKED = { nodes: 2, adapter: 'redis-sharded' } as const;

/** A redis-server with these settings beside. */
async function withSettings(
  settings: readonly string[],
  use: (port: number) => Promise<void>,
): Promise<void> {
  const program = new Program(undefined, undefined);
  try {
    const [port = 0] = await program.findPorts(1);
    const command = [
      'redis-server',
      '--bind',
      '127.0.0.1',
      '--port',
      String(port),
      '--save',
      '',
      ...settings,
    ];
    await program.start({ command, files: {}, port });
    await use(port);
  } finally {
    await program.end();
  }
}

describe.runIf(hasRedisServer())('a Redis that is given', () => {
  test('is taken where it works', () =>
    withRedis((redis) => expect(checkRedis({ ...ASKED, redis })).resolves.toBeUndefined()));

  test('is refused where its password is missing or wrong, which nobody is shown', () =>
    withSettings(['--requirepass', 'sesame'], async (port) => {
      const at = `127.0.0.1:${port}`;
      await expect(checkRedis({ ...ASKED, redis: `redis://${at}` })).rejects.toThrow(
        'it asks for a password',
      );
      const wrong = checkRedis({ ...ASKED, redis: `redis://:sesam@${at}` });
      await expect(wrong).rejects.toThrow(`redis://***@${at}\`: it refuses the name or the password`);
      await expect(wrong).rejects.toThrow(/^(?!.*sesam)/s);
      await expect(checkRedis({ ...ASKED, redis: `redis://:sesame@${at}` })).resolves.toBeUndefined();
    }));

  test('is refused where nothing can be written to it', () =>
    withRedis((url) =>
      withSettings(['--replicaof', '127.0.0.1', new URL(url).port], async (port) => {
        const refused = checkRedis({ ...ASKED, redis: `redis://127.0.0.1:${port}` });
        await expect(refused).rejects.toThrow('it is a read-only replica');
      }),
    ));
});

test('what is no Redis is refused: a server that says something else, one that says nothing, and none', async () => {
  const talkative = createServer((socket) => socket.on('data', () => socket.write('HTTP/1.1 400\r\n\r\n')));
  const silent = createServer((socket) => socket.on('error', () => undefined));
  const ports = await Promise.all(
    [talkative, silent].map(async (server) => {
      await once(server.listen(0, '127.0.0.1'), 'listening');
      const address = server.address();
      return typeof address === 'object' && address !== null ? address.port : 0;
    }),
  );
  for (const port of [...ports, 1]) {
    const refused = checkRedis({ ...ASKED, redis: `redis://127.0.0.1:${port}` });
    await expect(refused).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringContaining(`got \`redis://127.0.0.1:${port}\``),
    });
  }
  talkative.close();
  silent.close();
});

test('none is asked for where nobody needs one', () =>
  expect(checkRedis({ nodes: 1, adapter: 'redis', redis: 'redis://127.0.0.1:1' })).resolves.toBeUndefined());
