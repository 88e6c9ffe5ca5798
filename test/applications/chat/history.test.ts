import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { History } from '../../../src/applications/chat/history/history.ts';
import { checkHistory, openHistory } from '../../../src/applications/chat/history/index.ts';
import { withoutPassword } from '../../../src/applications/chat/history/url.ts';
import { RtbenchError } from '../../../src/errors.ts';
import type { ResolvedScenario } from '../../../src/measurements.ts';
import { messageMaker } from '../../../src/message.ts';
import type { Timeline } from '../../../src/timeline.ts';
import { until } from '../../transports/harness.ts';
import { Mongod } from './mongod.ts';
import { chatScenario } from './scenario.ts';

const MODES = ['write-through', 'write-behind'] as const;
const PLENTY = 1 << 20;
/** What bears no stamp is due at its very beginning. */
const WHOLE: Timeline = {
  epochNs: 0,
  startUs: 0,
  windowStartUs: 0,
  windowEndUs: 100,
  phaseEndsUs: [],
  lightEndUs: 100,
};

async function open(history: string, historyMode: ResolvedScenario['historyMode']): Promise<History> {
  const opened = await openHistory(chatScenario({ history, historyMode }));
  if (opened === null) throw new Error('no history');
  return opened;
}

const line = (room: string, text: string) => ({ room, name: 'ann', text });

let mongod: Mongod;
beforeEach(() => {
  mongod = new Mongod();
});
afterEach(() => mongod.die());

const STORES = {
  sqlite: async () => 'sqlite',
  mongodb: () => mongod.listen(),
};

describe.each(['sqlite', 'mongodb'] as const)('a history in %s', (store) => {
  it.each(MODES)('gives the newest of a room, oldest first, and counts them: %s', async (mode) => {
    const history = await open(await STORES[store](), mode);
    const sent: number[] = [];
    for (let number = 0; number < 2500; number++) {
      history.keep(line(String(number % 2), `message ${number}`), () => sent.push(number));
    }
    expect(await history.settle(WHOLE)).toEqual({ stored: 2500, lost: 0, error: null });
    expect(sent).toEqual(Array.from({ length: 2500 }, (_, number) => number));
    const last = await history.last('1', 3, PLENTY);
    expect(last.map(({ text }) => text)).toEqual(['message 2495', 'message 2497', 'message 2499']);
    expect(last[0]?.name).toBe('ann');
    expect(await history.last('nobody was here', 3, PLENTY)).toEqual([]);
    expect(history.read()).toMatchObject({ stored: 2500, given: 3 });
    // So many at once are stored together.
    expect(history.read().batches).toBeLessThan(10);
  });

  it('keeps what is said as it was said', async () => {
    const history = await open(await STORES[store](), 'write-behind');
    const texts = [
      'naïve 漢字 🎈',
      `'; DROP TABLE messages; --`,
      'nul \u0000 byte',
      '{"$gt":""}',
      'x'.repeat(100_000),
    ];
    for (const text of texts) history.keep(line('$where', text), () => {});
    expect((await history.last('$where', 9, PLENTY)).map(({ text }) => text)).toEqual(texts);
  });
});

describe('a history', () => {
  it('sends a message after it was stored (write-through), or before (write-behind)', async () => {
    const url = await mongod.listen();
    for (const mode of MODES) {
      const order: string[] = [];
      mongod.inserting = () => order.push('stored');
      const history = await open(url, mode);
      history.keep(line('a', 'hello'), () => order.push('sent'));
      await history.settle(WHOLE);
      expect(order).toEqual(mode === 'write-through' ? ['stored', 'sent'] : ['sent', 'stored']);
    }
  });

  it('counts what was due in the window, whenever it came', async () => {
    const history = await open('sqlite', 'write-behind');
    const make = messageMaker(16, 'text');
    for (const [sequence, dueUs] of [0, 4, 5, 9, 10, 7].entries()) {
      history.keep(line('a', String(make({ source: 2, sequence, dueUs }))), () => {});
    }
    const window = { ...WHOLE, windowStartUs: 5, windowEndUs: 10 };
    expect(await history.settle(window)).toEqual({ stored: 3, lost: 0, error: null });
  });

  it('gives nobody a message that the room is only about to get', async () => {
    const history = await open('sqlite', 'write-through');
    history.keep(line('a', 'sent'), () => {});
    await history.settle(WHOLE);
    history.keep(line('a', 'still to be sent'), () => {});
    expect((await history.last('a', 9, PLENTY)).map(({ text }) => text)).toEqual(['sent']);
  });

  it('gives no more bytes than a newcomer can take, but the newest in any case', async () => {
    const history = await open('sqlite', 'write-behind');
    for (const text of ['a'.repeat(60), 'b'.repeat(60), 'c'.repeat(60)])
      history.keep(line('a', text), () => {});
    const given = async (bytes: number) =>
      (await history.last('a', 9, bytes)).map(({ text }) => text[0]).join('');
    expect([await given(1000), await given(130), await given(1)]).toEqual(['abc', 'bc', 'c']);
  });

  it.each(MODES)('goes on without a store that has died, and counts what it lost: %s', async (mode) => {
    const history = await open(await mongod.listen(), mode);
    let sent = 0;
    const say = () => history.keep(line('a', 'hello'), () => sent++);
    for (let index = 0; index < 10; index++) say();
    await history.settle(WHOLE);
    await mongod.die();
    for (let index = 0; index < 5; index++) say();
    const { stored, lost, error } = await history.settle(WHOLE);
    expect({ stored, lost, sent }).toEqual({ stored: 10, lost: 5, sent: 15 });
    expect(error).toMatch(/closed|ECONN|connect/i);
    // Nobody asks it again, so nobody waits for it again.
    say();
    await until('the message', () => sent === 16);
    expect(await history.last('a', 5, PLENTY)).toEqual([]);
    expect(await history.settle(WHOLE)).toEqual({ stored: 10, lost: 6, error });
  });

  it('waits only so long for a store that hangs, and loses what one refuses', async () => {
    const url = await mongod.listen();
    const [hung, refused] = [await open(url, 'write-through'), await open(url, 'write-behind')];
    mongod.inserting = () => {
      throw new Error('disk full');
    };
    refused.keep(line('a', 'hello'), () => {});
    expect(await refused.settle(WHOLE)).toEqual({
      stored: 0,
      lost: 1,
      error: expect.stringContaining('disk full'),
    });
    mongod.isHanging = true;
    let sent = false;
    hung.keep(line('a', 'hello'), () => {
      sent = true;
    });
    expect(await hung.settle(WHOLE)).toMatchObject({
      stored: 0,
      lost: 1,
      error: expect.stringMatching(/timed? ?out/i),
    });
    expect(sent).toBe(true);
  });

  it('in SQLite leaves no file that anybody could forget, also while it is used', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'rtbench-test-'));
    const { TMPDIR } = process.env;
    process.env.TMPDIR = folder;
    try {
      const history = await open('sqlite', 'write-behind');
      // More than its log holds before it goes into the database.
      for (let index = 0; index < 3000; index++) history.keep(line('a', '?'.repeat(2000)), () => {});
      expect(await history.settle(WHOLE)).toEqual({ stored: 3000, lost: 0, error: null });
      expect(history.read().cpuUs).toBeGreaterThan(0);
      expect(readdirSync(folder)).toEqual([]);
    } finally {
      if (TMPDIR === undefined) delete process.env.TMPDIR;
      else process.env.TMPDIR = TMPDIR;
      rmSync(folder, { recursive: true });
    }
  });

  it('in MongoDB is cleared away by the server itself', async () => {
    await open(await mongod.listen(), 'write-behind');
    expect(mongod.indexes).toContainEqual(
      expect.objectContaining({ key: { at: 1 }, expireAfterSeconds: 3600 }),
    );
  });
});

describe('a store that cannot be had', () => {
  it('is a clear error before anything runs', async () => {
    const url = await mongod.listen();
    await checkHistory(chatScenario({ history: url }));
    await mongod.die();
    const secret = url.replace('//', '//somebody:secret@');
    const error = await checkHistory(chatScenario({ history: secret })).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(RtbenchError);
    expect(error).toMatchObject({ code: 'connect', message: expect.stringContaining('ECONNREFUSED') });
    expect(String(error)).toContain('***@127.0.0.1');
    expect(String(error)).not.toMatch(/secret|\n/);
  });

  it('is none of the other workloads’ business', async () => {
    await checkHistory(chatScenario({ application: 'echo', history: 'mongodb://127.0.0.1:1/' }));
  });

  it.each(['mongodb://a:b:c/', 'mongodb://host/?no=such', 'mongodb://host:99999/'])(
    'is a wrong option where it is no URL: %s',
    async (history) => {
      await expect(checkHistory(chatScenario({ history }))).rejects.toMatchObject({ code: 'usage' });
    },
  );
});

it('loads the driver only for a MongoDB URL', () => {
  const module = new URL('../../../src/applications/chat/history/index.ts', import.meta.url);
  const loads = (history: string) =>
    execFileSync(
      process.execPath,
      [
        '--no-warnings',
        '--input-type=module',
        '-e',
        `
      import { Module } from 'node:module';
      const { openHistory } = await import('${module}');
      await openHistory({ history: '${history}', historyMode: 'write-behind' }).catch(() => {});
      console.log(Object.keys(Module._cache).some((file) => file.includes('/node_modules/mongodb/')));
      process.exit();
    `,
      ],
      { encoding: 'utf8' },
    ).trim();
  expect([loads('none'), loads('sqlite'), loads('mongodb://h:99999/')]).toEqual(['false', 'false', 'true']);
});

it('blots out passwords wherever they stand', () => {
  expect(withoutPassword('run --history mongodb+srv://ann:p%40ss@host/db?x=1 and mongodb://host/')).toBe(
    'run --history mongodb+srv://***@host/db?x=1 and mongodb://host/',
  );
});
