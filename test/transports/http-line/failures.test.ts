import { describe, expect, it } from 'vitest';
import { openLibraryLine } from '../../../src/transports/http/library/line.ts';
import { clientOptions, until } from '../harness.ts';
import { ask, begin, CHUNKED, HEARD_OK, Hearing, LINES, useLine, write } from './stage.ts';

const SILENT_MS = 40;

/** Answers that break off or are none, and how the server goes on. */
const BROKEN: readonly (readonly [what: string, answer: string, end: 'ends' | 'resets' | 'waits'])[] = [
  ['nothing', '', 'ends'],
  ['nothing, and a reset', '', 'resets'],
  ['half a head', 'HTTP/1.1 200 OK\r\nConte', 'ends'],
  ['half a body', 'HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf', 'ends'],
  ['half a body, and a reset', 'HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf', 'resets'],
  ['half a chunk', `${CHUNKED}a\r\nhalf`, 'ends'],
  ['no last chunk', `${CHUNKED}4\r\nhalf\r\n`, 'ends'],
  ['a chunk without a size', `${CHUNKED}xyz\r\n`, 'waits'],
  ['what is no HTTP', 'SSH-2.0-OpenSSH_9.6\r\n\r\n', 'waits'],
  ['another HTTP', 'HTTP/2 200\r\n\r\n', 'waits'],
  ['a head without an end', `HTTP/1.1 200 OK\r\n${'X: y\r\n'.repeat(20_000)}`, 'waits'],
  ['silence', '', 'waits'],
  ['a body that stops', 'HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf', 'waits'],
];

describe.each(LINES)('%s line', (_name, openLine) => {
  const { line, open, stage } = useLine(openLine);

  it.each(BROKEN)('fails by %s, once, and goes on over another connection', async (_what, answer, end) => {
    stage().answers.push(async (socket) => {
      await write(socket, answer);
      if (end === 'ends') socket.end();
      if (end === 'resets') socket.resetAndDestroy();
    });
    const hearing = new Hearing();
    line().get('/', hearing, end === 'waits' ? { silentMs: SILENT_MS } : {});
    const after = ask(line());
    await hearing.done();
    expect(hearing.heard.at(-1)).toMatch(/^failed: .{5}/);
    expect(await after).toEqual(HEARD_OK);
    expect(hearing.heard.filter((what) => /^(end|failed|again)/.test(what))).toHaveLength(1);
    expect(stage().connections).toBe(2);
  });

  it('asks once more, on a new socket, where the server ended the one it kept alive', async () => {
    for (let wanted = 1; wanted <= 3; wanted++) {
      if (wanted > 1) stage().answers.push((socket) => socket.destroy());
      const heard = await ask(line());
      if (wanted > 1) expect(heard.shift()).toMatch(/^again: .{5}/);
      expect([heard, stage().connections]).toEqual([HEARD_OK, wanted]);
    }
  });

  it('fails where that second socket is ended too', async () => {
    await ask(line());
    stage().answers.push(
      (socket) => socket.destroy(),
      (socket) => socket.destroy(),
    );
    expect(await ask(line())).toEqual([expect.stringMatching(/^again/), expect.stringMatching(/^failed/)]);
    expect(stage().connections).toBe(2);
  });

  it('asks over a new socket where the server has ended an idle one', async () => {
    await ask(line());
    stage().endAll();
    await until('the end', () => stage().open.size === 0);
    expect((await ask(line())).slice(-3)).toEqual(HEARD_OK);
    expect(stage().connections).toBe(2);
  });

  it('does not ask again where the server was silent', async () => {
    await ask(line());
    stage().answers.push(() => {});
    expect(await ask(line(), { silentMs: SILENT_MS })).toEqual([
      `failed: the server was silent for ${SILENT_MS} ms`,
    ]);
  });

  it('allows another silence within an answer, for as long as it says', async () => {
    stage().answers.push(async (socket) => {
      await write(socket, CHUNKED);
      for (let beat = 0; beat < 3; beat++) {
        await new Promise((resolve) => setTimeout(resolve, SILENT_MS));
        await write(socket, '1\r\n.\r\n');
      }
    });
    const hearing = new Hearing();
    hearing.head = () => line().allow(4 * SILENT_MS);
    line().get('/', hearing, { silentMs: 4_000 });
    await hearing.done();
    expect(hearing.heard).toEqual(['.', '.', '.', `failed: the server was silent for ${4 * SILENT_MS} ms`]);
  });

  it.each(['head', 'data'] as const)('fails with what is thrown at the %s of an answer', async (at) => {
    const hearing = new Hearing();
    hearing[at] = () => {
      throw new Error('not for me');
    };
    line().get('/', hearing);
    await hearing.done();
    expect(hearing.heard.at(-1)).toBe('failed: not for me');
    expect(await ask(line())).toEqual(HEARD_OK);
    expect(stage().connections).toBe(2);
  });

  it('says nothing more of what it gave up, and asks at once over another socket', async () => {
    const given = new Hearing();
    for (const answer of ['', CHUNKED, `${CHUNKED}1\r\nx\r\n`]) {
      stage().answers.push(async (socket) => write(socket, answer));
      const asked = stage().reads.length;
      line().get('/', given);
      line().get('/never', given);
      await until('the request', () => stage().reads.length > asked);
      const before = given.heard.length;
      line().abort();
      expect(await ask(line())).toEqual(HEARD_OK);
      expect(given.heard).toHaveLength(before);
    }
    line().get('/', given);
    line().abort();
    expect(await ask(line())).toEqual(HEARD_OK);
    expect(stage().reads.join('')).not.toContain('never');
    await until('one socket', () => stage().open.size === 1);
  });

  it('leaves nothing behind, wherever it is closed', async () => {
    const given = new Hearing();
    const stops: ((hearing: Hearing) => Promise<unknown>)[] = [
      async () => {},
      () => until('a connection', () => stage().open.size > 0),
      (hearing) => until('a head', () => hearing.heard.length > 0),
    ];
    for (const stop of stops) {
      stage().answers.push((socket) => write(socket, `${CHUNKED}1\r\nx\r\n`));
      const hearing = new Hearing();
      open();
      line().get('/', hearing);
      await stop(hearing);
      await Promise.all([line().close(), line().close()]);
      const before = hearing.heard.length;
      line().get('/', given);
      await until('no connection', () => stage().open.size === 0);
      expect(hearing.heard).toHaveLength(before);
      stage().answers.length = 0;
    }
    expect(given.heard).toEqual([]);
  });
});

it('the library line fails what cannot be written', async () => {
  const stage = await begin();
  const line = openLibraryLine(new URL(`http://127.0.0.1:${stage.port}/`), clientOptions());
  const [spoiled, after] = [new Hearing(), new Hearing()];
  line.get('/a b', spoiled);
  line.get('/', after);
  await after.done();
  expect(spoiled.heard).toEqual([expect.stringMatching(/^failed: .*unescaped/)]);
  expect(after.heard).toEqual(HEARD_OK);
  await line.close();
  await stage.end();
});
