import { spawn } from 'node:child_process';
import { expect, test } from 'vitest';
import { plainLook as look } from '../../src/cli/look.ts';
import { BYTE_CLASSES } from '../../src/measurements/trace/steps.ts';
import type { Conversation, Trace } from '../../src/measurements/trace/trace.ts';
import { readSaved } from '../../src/report/index.ts';
import { traceSchema } from '../../src/report/trace/schema.ts';
import { transports } from '../../src/transports/index.ts';
import { allGone, marked } from '../marked.ts';
import { BIN, outcomeOf, rtbench } from '../rtbench.ts';

const WAYS = ['up', 'down'] as const;

async function trace(...args: readonly string[]): Promise<Trace> {
  const { code, stdout, stderr } = await rtbench(['trace', '--quiet', '--json', ...args]);
  expect({ args, code, stderr }).toEqual({ args, code: 0, stderr: '' });
  return traceSchema.parse(JSON.parse(stdout));
}

async function conversation(...args: readonly string[]): Promise<Conversation> {
  const [first, ...others] = (await trace(...args)).conversations;
  if (first === undefined || others.length > 0) throw new Error('not one conversation');
  return first;
}

function stepsOf({ events }: Conversation) {
  return events.filter((event) => event.kind === 'step');
}

function toldOf({ events }: Conversation): string {
  return events.map((event) => (event.kind === 'told' ? event.text : '')).join('\n');
}

/** Every byte is of one class: by the classes, by the steps and by the bytes themselves it is what the relay counted. */
function expectWhole(one: Conversation): void {
  for (const way of WAYS) {
    const steps = stepsOf(one).filter((step) => step.way === way);
    const parts = steps.flatMap((step) => step.parts).reduce((sum, { bytes }) => sum + bytes, 0);
    const pieces = (one.pieces ?? [])
      .filter((piece) => piece.way === way)
      .reduce((sum, { base64 }) => sum + Buffer.from(base64, 'base64').length, 0);
    const classes = BYTE_CLASSES.reduce((sum, name) => sum + one.classes[name][way], 0);
    const sums = { parts, pieces, classes };
    const counted = one.relayed[way];
    expect({ transport: one.transport, way, ...sums }).toEqual({
      ...{ transport: one.transport, way },
      ...{ parts: counted, pieces: counted, classes: counted },
    });
  }
}

/** Two at a time: most of it is waiting. */
const PAIRS = transports.flatMap(({ name }, index) =>
  index % 2 === 0 ? [[name, transports[index + 1]?.name ?? ''] as const] : [],
);

test('every byte of every transport is accounted for, and nothing is said but the messages', async () => {
  const traces = PAIRS.map((pair) => trace('--side-by-side', pair.join(','), '--messages', '4'));
  const found = (await Promise.all(traces)).flatMap(({ conversations }) => conversations);
  expect(found.map(({ transport }) => transport)).toEqual(transports.map(({ name }) => name));
  for (const one of found) {
    expectWhole(one);
    expect(one.news).toEqual({ messages: 4, bytes: 256 });
    expect(one.classes.payload).toEqual({ up: 0, down: 256 });
    expect(one.classes.handshake.up).toBeGreaterThan(0);
    expect(one.connections).toBe(one.events.filter(({ kind }) => kind === 'opened').length);
    expect(toldOf(one)).toContain('the application has message 4');
  }
});

test.each(['polling', 'websocket'])(
  '%s: who is sent nothing asks in vain, or hears a sign of life',
  async (name) => {
    const one = await conversation('--transport', name, '--scenario', 'idle');
    expectWhole(one);
    expect(one.news).toEqual({ messages: 0, bytes: 0 });
    const vain = stepsOf(one).filter(({ parts }) => parts.every((part) => part.class === 'header'));
    const asks = name === 'polling' || name === 'longpoll';
    expect(asks ? vain.length : one.classes.heartbeat.down).toBeGreaterThan(0);
  },
);

test('a distance is seen as the time between both ends, a message comes late by half of it', async () => {
  const one = await conversation('--transport', 'longpoll', '--rtt', '80ms');
  expectWhole(one);
  for (const step of stepsOf(one)) expect(step.arrivedMs - step.sentMs).toBeCloseTo(40, 5);
  const [opened] = one.events;
  const [asked, answered] = stepsOf(one);
  expect(opened).toMatchObject({ kind: 'opened', sentMs: 0, arrivedMs: 40 });
  expect(asked?.sentMs).toBeGreaterThanOrEqual(80);
  // The answer leaves after the request has arrived.
  expect(answered?.sentMs).toBeGreaterThanOrEqual(asked?.arrivedMs ?? 0);
});

test('a chat: what the client asks and hears is the news, join and leave are among it', async () => {
  const { conversations } = await trace('--side-by-side', 'ws,socket.io', '--scenario', 'chat');
  expect(conversations.map(({ transport }) => transport)).toEqual(['websocket', 'socketio']);
  for (const one of conversations) {
    expectWhole(one);
    // A join with its welcome, list and answer, three messages said, heard and answered, and a leave.
    expect(one.news.messages).toBe(4 + 9 + 2);
    expect(one.classes.payload.up + one.classes.payload.down).toBe(one.news.bytes);
  }
  const said = conversations
    .flatMap(stepsOf)
    .flatMap(({ parts }) => parts.map(({ text }) => text))
    .join('\n');
  for (const word of ['join', 'welcome', 'said', 'leave']) expect(said).toContain(word);
});

test('who resumes gets what was said while the link was cut; who does not has lost it', async () => {
  const [sse, websocket] = (await trace('--side-by-side', 'sse,websocket', '--fault', 'link-cut'))
    .conversations;
  if (sse === undefined || websocket === undefined) throw new Error('not two conversations');
  for (const one of [sse, websocket]) {
    expectWhole(one);
    expect(one.connections).toBeGreaterThan(1);
    expect(one.events.some(({ kind }) => kind === 'reset')).toBe(true);
    expect(toldOf(one)).toMatch(
      /message 1\n+.*\n*the link is cut[\s\S]*says message 2[\s\S]*the link is back/,
    );
  }
  expect(sse.news.messages).toBe(3);
  expect(toldOf(sse)).toContain('the client is back, and gets what it missed');
  expect(websocket.news.messages).toBe(2);
  expect(toldOf(websocket)).toMatch(/connects anew[\s\S]*message 2 is lost[\s\S]*has message 3/);
});

test('what goes into a hole is marked as lost, and nobody is told', async () => {
  const one = await conversation(
    '--transport',
    'longpoll',
    '--fault',
    'link-hole',
    '--heartbeat',
    '500ms/1s',
  );
  expectWhole(one);
  expect(one.news.messages).toBe(3);
  expect(one.events.some((event) => event.kind !== 'told' && event.isLost)).toBe(true);
  expect(toldOf(one)).toMatch(/a hole now[\s\S]*the server was silent[\s\S]*and gets what it missed/);
});

test('after a restart the client comes to a server that does not know it', async () => {
  const one = await conversation('--transport', 'polling', '--fault', 'server-restart');
  expectWhole(one);
  expect(one.news.messages).toBe(2);
  expect(
    stepsOf(one)
      .map(({ title }) => title)
      .join('\n'),
  ).toContain('404');
  expect(toldOf(one)).toMatch(/knows nothing of the client[\s\S]*connects anew[\s\S]*message 2 is lost/);
});

test('where WebSocket is blocked socket.io goes on over polling, and WebSocket waits until it is not', async () => {
  const { conversations } = await trace('--side-by-side', 'socketio,websocket', '--fault', 'upgrade-403');
  const [socketio, websocket] = conversations;
  if (socketio === undefined || websocket === undefined) throw new Error('not two conversations');
  for (const one of conversations) {
    expectWhole(one);
    expect(one.news.messages).toBe(3);
  }
  expect(toldOf(socketio)).toContain('the client goes on over polling');
  expect(toldOf(websocket)).toMatch(/cannot connect: .*403[\s\S]*nothing is in the way[\s\S]*it tries again/);
});

test('a proxy that buffers holds a message back until it lets go', async () => {
  const one = await conversation('--transport', 'sse', '--fault', 'buffering');
  expectWhole(one);
  expect(one.news.messages).toBe(3);
  expect(toldOf(one)).toMatch(/message 2 has not arrived\n+the proxy lets go[\s\S]*has message 2/);
});

test('a saved trace is written again as it was, and two of them cannot be compared', async () => {
  const { stdout } = await rtbench(['trace', '--quiet', '--json', '--messages', '1']);
  const { kind, formats, work } = readSaved(stdout);
  expect({ kind, work: work[0] }).toEqual({ kind: 'trace', work: expect.stringContaining('WebSocket') });
  expect(JSON.parse(formats.json(undefined, look))).toEqual(JSON.parse(stdout));
  const parts = traceSchema
    .parse(JSON.parse(stdout))
    .conversations.flatMap(stepsOf)
    .flatMap((step) => step.parts);
  expect(formats.csv(undefined, look).trim().split('\r\n').length).toBe(1 + parts.length);
  expect(formats.table(undefined, look)).toContain('Sec-WebSocket-Accept');
});

test('Ctrl-C leaves no process, and bad input starts none', async () => {
  const mark = `trace-${process.pid}`;
  const env = { ...process.env, RTBENCH_TEST_MARK: mark };
  const child = spawn(
    process.execPath,
    [BIN, 'trace', '--side-by-side', 'polling,socketio', '--messages', '50'],
    { env },
  );
  child.stderr.once('data', () => child.kill('SIGINT'));
  const { code, stdout, stderr } = await outcomeOf(child);
  expect({ code, stdout, stderr }).toMatchObject({
    code: 130,
    stdout: '',
    stderr: expect.stringContaining('Interrupted'),
  });
  expect(await allGone(mark)).toBe(true);
  const bad = await rtbench(['trace', '--transport', 'wss'], { RTBENCH_TEST_MARK: mark });
  expect(bad).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('Did you mean `ws`?') });
  expect(marked(mark)).toEqual([]);
});
