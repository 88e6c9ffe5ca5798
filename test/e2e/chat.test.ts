import { afterEach, beforeEach, expect, test } from 'vitest';
import { readStamp } from '../../src/message.ts';
import { Mongod } from '../applications/chat/mongod.ts';
import { rtbench } from '../rtbench.ts';

const SHORT =
  '--clients 12 --rate 20 --duration 500ms --warmup 0 --rounds 1 --poll-interval 50ms --quiet --json';
const CHAT = ['--scenario', 'chat', ...SHORT.split(' ')];
const RUN = ['run', '--transport', 'ws', ...CHAT];

let mongod: Mongod;
beforeEach(() => {
  mongod = new Mongod();
});
afterEach(() => mongod.die());

test('a MongoDB server that dies within the window costs what it did not store, and nothing else', async () => {
  const url = await mongod.listen();
  let stored = 0;
  mongod.inserting = ({ text }) => {
    // What only warms is due at no time.
    if ((readStamp(String(text))?.dueUs ?? 0) > 0 && ++stored === 5) mongod.die();
  };
  const secret = url.replace('//', '//ann:secret@');
  const { code, stdout, stderr } = await rtbench([...RUN, '--duration', '1s', '--history', secret]);
  expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining('***@127.0.0.1') });
  const free = await rtbench([...RUN, '--duration', '1s', '--history', url]);
  expect(free.code).toBe(0);
  expect(stdout + free.stdout).not.toContain('secret');
  const [round] = JSON.parse(free.stdout).rounds;
  expect(round.delivery).toMatchObject({ lost: 0, delivered: round.delivery.expected });
  expect(round.history).toMatchObject({ store: 'mongodb', cpuUsPerMessage: null });
  expect(round.history.lost).toBeGreaterThan(0);
  expect(round.history.stored + round.history.lost).toBe(round.delivery.published);
  expect(round.history.error).not.toBe('');
  expect(round.flags).toContainEqual(expect.objectContaining({ code: 'history-lost', fatal: true }));
});

test('a MongoDB server that does not answer is one clear line, before any round', async () => {
  const url = await mongod.listen();
  await mongod.die();
  const { code, stdout, stderr } = await rtbench([...RUN, '--history', url]);
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toMatch(/^rtbench: Cannot use the MongoDB server of --history mongodb:.*ECONNREFUSED.*\n$/);
});

test.each([
  [['--room-size', '13'], /--room-size to be at most 12, the number of clients, got `13`/],
  [['--clients', '100000', '--room-size', '5000'], /--(room-size|clients) to be at most/],
  [['--payload-kind', 'binary'], /--payload-kind to be text in a chat/],
  [['--history', 'mysql'], /--history to be none, sqlite, or a URL/],
  [['--history', 'mongodb://h/', '--isolate', 'on'], /--isolate to be off where --history is a MongoDB URL/],
  [['--history', 'mongodb://h:99999/'], /--history to be a MongoDB URL/],
])('%j is refused before anything starts', async (options, message) => {
  const { code, stdout, stderr } = await rtbench([...RUN, ...options]);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatch(message);
});
