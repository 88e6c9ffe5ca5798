import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import { FrameReader } from '../../../src/transports/websocket/lean/frame-reader.ts';
import { encodeFrame } from '../../../src/transports/websocket/lean/frame-writer.ts';
import { Upgrade } from '../../../src/transports/websocket/lean/upgrade.ts';
import { BINARY, PONG, TEXT } from '../../../src/transports/websocket/opcodes.ts';
import { until } from '../harness.ts';

type Told = readonly [what: string, ...more: unknown[]];

const servers: WebSocketServer[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** A real server's end of a connection that is read and written by hand. */
async function peers() {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false });
  servers.push(server);
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('not listening on a port');
  const url = new URL(`http://127.0.0.1:${address.port}/`);
  const accepted = once(server, 'connection');
  const wire = connect(address.port, '127.0.0.1');
  const upgrade = new Upgrade(url);
  wire.write(upgrade.request);
  const came: Buffer[] = [];
  let isOpen = false;
  wire.on('data', (bytes) => {
    const at = isOpen ? 0 : upgrade.read(bytes);
    if (at === undefined) return;
    isOpen = true;
    came.push(Buffer.from(bytes.subarray(at)));
  });
  const [peer]: [WebSocket] = (await accepted) as [WebSocket];
  return { wire, peer, url, came: () => Buffer.concat(came) };
}

/** What a reader tells that is fed these parts. */
function read(parts: readonly Buffer[], maxMessageBytes = 1 << 20): Told[] {
  const told: Told[] = [];
  const part = (bytes: Buffer, start: number, end: number) => bytes.toString('base64', start, end);
  const reader = new FrameReader(
    {
      text: (bytes, start, end) => told.push(['text', bytes.toString('utf8', start, end)]),
      binary: (...bytes) => told.push(['binary', part(...bytes)]),
      ping: (...bytes) => told.push(['ping', part(...bytes)]),
      pong: () => told.push(['pong']),
      closing: (...why) => told.push(['close', ...why]),
    },
    maxMessageBytes,
  );
  try {
    for (const bytes of parts) reader.feed(bytes);
  } catch (error) {
    told.push(['broken', String(error)]);
  }
  return told;
}

describe('frames', () => {
  it('what a real server sends is told the same wherever it is cut', async () => {
    const { wire, peer, came } = await peers();
    const texts = ['', 'a', 'ü'.repeat(62), 'x'.repeat(126)];
    for (const text of texts) peer.send(text);
    peer.send(Buffer.from([1, 2, 3]));
    peer.send('one, ', { fin: false });
    peer.ping('in between');
    peer.send('', { fin: false });
    peer.send('zwei, €', { fin: true });
    peer.pong();
    peer.close(4001, 'bye, ö');
    const expected = [
      ...texts.map((text) => ['text', text]),
      ['binary', 'AQID'],
      ['ping', Buffer.from('in between').toString('base64')],
      ['text', 'one, zwei, €'],
      ['pong'],
      ['close', 4001, 'bye, ö'],
    ];
    const length = () => came().length;
    await until('all of it', () => read([came()]).length >= expected.length, { now: length });
    wire.destroy();
    const all = came();
    expect(read([all])).toEqual(expected);
    for (let at = 1; at < all.length; at++) {
      const parts = [all.subarray(0, at), all.subarray(at)];
      expect(read(parts), `cut at ${at}`).toEqual(expected);
    }
    expect(read(Array.from(all, (_, at) => all.subarray(at, at + 1)))).toEqual(expected);
  });

  it('a real server understands what is written, at every length of a length', async () => {
    const { wire, peer } = await peers();
    const heard: Told[] = [];
    peer.on('message', (data, isBinary) => heard.push([isBinary ? 'binary' : 'text', String(data)]));
    peer.on('pong', (data) => heard.push(['pong', String(data)]));
    const lengths = [0, 1, 125, 126, 0xffff, 0x10000];
    const expected: Told[] = [];
    for (const length of lengths) {
      const text = 'é'.repeat(length / 2) + 'e'.repeat(length % 2);
      wire.write(encodeFrame(TEXT, text));
      wire.write(encodeFrame(BINARY, Buffer.from(text)));
      wire.write(encodeFrame(PONG, text.slice(0, 60)));
      expected.push(['text', text], ['binary', text], ['pong', text.slice(0, 60)]);
    }
    await until('all', () => heard.length === expected.length);
    expect(heard).toEqual(expected);
    wire.destroy();
  });

  it('no two frames have the same mask', () => {
    const masks = new Set(Array.from({ length: 5_000 }, () => encodeFrame(TEXT, '').toString('hex')));
    expect(masks.size).toBeGreaterThan(4_990);
  });
});
