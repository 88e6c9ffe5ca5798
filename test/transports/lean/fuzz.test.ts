import type { Writable } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { seededRandom } from '../../../src/random.ts';
import { FrameError } from '../../../src/transports/websocket/lean/frame-error.ts';
import { FrameReader } from '../../../src/transports/websocket/lean/frame-reader.ts';

type Told = readonly unknown[];

/** What `ws` reads by; its types do not show it. */
const Receiver: new (options: object) => Writable = Reflect.get(await import('ws'), 'Receiver');

const MAX_MESSAGE_BYTES = 300;
const STREAMS = 800;

async function toldByLibrary(parts: readonly Buffer[]): Promise<Told[]> {
  const told: Told[] = [];
  const receiver = new Receiver({ isServer: false, maxPayload: MAX_MESSAGE_BYTES, maxFragments: 16 << 10 });
  receiver
    .on('message', (data: Buffer, isBinary: boolean) =>
      told.push([isBinary ? 'binary' : 'text', data.toString('hex')]),
    )
    .on('ping', (data: Buffer) => told.push(['ping', data.toString('hex')]))
    .on('pong', () => told.push(['pong']))
    .on('conclude', (code: number, reason: Buffer) => told.push(['closing', code, String(reason)]))
    .on('error', (error: Error) => {
      const status = Object.getOwnPropertySymbols(error).find(
        ({ description }) => description === 'status-code',
      );
      told.push(['broken', status && Reflect.get(error, status), error.message]);
    });
  for (const part of parts) if (receiver.writable) receiver.write(part);
  await turn();
  return told;
}

function toldByReader(parts: readonly Buffer[], maxMessageBytes = MAX_MESSAGE_BYTES): Told[] {
  const told: Told[] = [];
  const reader = new FrameReader(
    {
      text: (bytes, start, end) => told.push(['text', bytes.toString('hex', start, end)]),
      binary: (bytes, start, end) => told.push(['binary', bytes.toString('hex', start, end)]),
      ping: (bytes, start, end) => told.push(['ping', bytes.toString('hex', start, end)]),
      pong: () => told.push(['pong']),
      closing: (...why) => told.push(['closing', ...why]),
    },
    maxMessageBytes,
  );
  try {
    // Each lent as a read buffer lends it: what is kept of it must be a copy.
    for (const part of parts) {
      const lent = Buffer.from(part);
      reader.feed(lent);
      lent.fill(0);
    }
  } catch (error) {
    if (!(error instanceof FrameError)) throw error;
    told.push(['broken', error.code, error.message]);
  }
  return told;
}

function frame(first: number, payload: string | Buffer, form: 'short' | 16 | 64 = 'short'): Buffer {
  const bytes = Buffer.from(payload);
  if (form === 'short') return Buffer.concat([Buffer.from([first, bytes.length]), bytes]);
  const head = Buffer.alloc(form === 16 ? 4 : 10);
  head[0] = first;
  head[1] = form === 16 ? 126 : 127;
  head.writeUInt16BE(bytes.length, head.length - 2);
  return Buffer.concat([head, bytes]);
}

const GOOD = [
  frame(0x81, 'a text, ümläute €'),
  frame(0x82, Buffer.from([0xff, 0, 0x80])),
  frame(0x89, 'ping'),
  Buffer.concat([frame(0x01, 'be'), frame(0x8a, ''), frame(0x00, ''), frame(0x80, 'gun')]),
  frame(0x81, 'x'.repeat(200), 16),
  frame(0x82, 'y'.repeat(150), 64),
  frame(0x81, ''),
  Buffer.concat([frame(0x02, 'z'.repeat(120)), frame(0x00, 'z'.repeat(120)), frame(0x80, 'z'.repeat(50))]),
  frame(0x88, Buffer.concat([Buffer.from([0x03, 0xe8]), Buffer.from('bye ö')])),
];

/** A stream of good frames that some harm was done to, and where it is cut. */
function harmed(random: () => number): Buffer[] {
  const below = (limit: number) => Math.floor(random() * limit);
  const frames = Array.from({ length: 1 + below(6) }, () => GOOD[below(GOOD.length)] ?? Buffer.alloc(0));
  let bytes = Buffer.concat(frames);
  for (let harm = below(4); harm > 0; harm--) {
    const at = below(bytes.length);
    const noise = Buffer.from(Array.from({ length: below(4) }, () => below(256)));
    const kept = [at, at + 1, at + below(4), below(bytes.length)][below(4)] ?? at;
    bytes = Buffer.concat([bytes.subarray(0, at), noise, bytes.subarray(kept)]);
  }
  const cuts = Array.from({ length: below(8) }, () => below(bytes.length + 1)).toSorted((a, b) => a - b);
  return [...cuts, bytes.length].map((cut, index) => bytes.subarray(cuts[index - 1] ?? 0, cut));
}

it('whatever comes, it is told and refused exactly as ws does', async () => {
  const random = seededRandom(8);
  const kinds = new Set<unknown>();
  for (let stream = 0; stream < STREAMS; stream++) {
    const parts = harmed(random);
    const told = toldByReader(parts);
    expect(told, `stream ${stream}: ${parts.map((part) => part.toString('hex'))}`).toEqual(
      await toldByLibrary(parts),
    );
    for (const [what, code, why] of told) kinds.add(what === 'broken' ? `${code} ${why}` : what);
  }
  // The harm was of every kind.
  expect([...kinds].filter((kind) => /^100[279] /.test(String(kind))).length).toBeGreaterThan(10);
});

it('takes no room for what is only announced', () => {
  const announced = Buffer.from([0x82, 127, 0, 0, 0, 0, 0x3f, 0xff, 0xff, 0xff, 1, 2, 3]);
  const before = process.memoryUsage().arrayBuffers;
  expect(toldByReader([announced], 2 ** 30)).toEqual([]);
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(1 << 20);
});

it('ends a message of endless fragments', async () => {
  const fragments = [frame(0x01, ''), ...Array.from({ length: 17 << 10 }, () => frame(0x00, ''))];
  const told = toldByReader([Buffer.concat(fragments)]);
  expect(told).toEqual([['broken', 1008, 'Too many message fragments']]);
  expect(told).toEqual(await toldByLibrary([Buffer.concat(fragments)]));
});
