import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { websocket } from '../../../src/transports/websocket/index.ts';
import { arrived, serve, until } from '../harness.ts';
import { annotateOf, bytesIn, checked, lines, record, weightOf } from './recording.ts';

const annotate = await annotateOf(websocket);

async function converse() {
  const host = await serve(websocket, { heartbeatMs: 100 });
  const recording = await record(host.url);
  const { connection, inbox } = await host.connect({}, recording.url);
  const texts = ['x'.repeat(64), 'y'.repeat(126), 'z'.repeat(70_000), ''];
  for (const [index, text] of texts.entries()) {
    host.side.publish('all', text);
    await arrived(inbox, index + 1);
  }
  host.side.publish('all', Uint8Array.of(1, 2, 255));
  await arrived(inbox, texts.length + 1);
  connection.send('é up');
  connection.send(Uint8Array.of(7));
  await arrived(host.app.inbox, 2);
  const [sent = []] = recording.connections;
  await until('a heartbeat and its answer', () =>
    sent.some(({ way, bytes }) => way === 'up' && bytes.length === 6),
  );
  await connection.close();
  await host.close();
  await recording.close();
  return sent;
}

describe('a WebSocket taken apart', () => {
  it('is its upgrade, a frame for each message, heartbeats and close frames, byte for byte', async () => {
    const steps = checked(annotate, await converse());
    expect(lines(steps).map((line) => line.replace(/head \d+/, 'head'))).toEqual(
      expect.arrayContaining([
        '→ GET /ws: asks for WebSocket | handshake request head',
        '← answer 101: switches to WebSocket | handshake answer head',
        '← text frame, 64 bytes | framing frame header 2, payload message 64',
        '← text frame, 126 bytes | framing frame header 4, payload message 126',
        '← text frame, 70000 bytes | framing frame header 10, payload message 70000',
        '← text frame, 0 bytes | framing frame header 2',
        '← binary frame, 3 bytes | framing frame header 2, payload message 3',
        '→ text frame, 5 bytes | framing frame header 6, payload message 5',
        '→ binary frame, 1 byte | framing frame header 6, payload message 1',
        '← ping frame, 0 bytes | heartbeat frame header 2',
        '→ pong frame, 0 bytes | heartbeat frame header 6',
        '→ close frame, no code | handshake frame header 6',
        '← close frame, no code | handshake frame header 2',
      ]),
    );
    expect(bytesIn(steps, 'payload', 'down')).toBe(64 + 126 + 70_000 + 3);
    expect(bytesIn(steps, 'payload', 'up')).toBe(6);
    expect(bytesIn(steps, 'header')).toBe(0);
    expect(steps.flatMap(({ parts }) => parts).filter(({ label }) => label === 'not understood')).toEqual([]);
    const texts = steps.flatMap(({ parts }) => parts.filter((part) => part.class === 'payload'));
    expect(texts.map(({ text }) => text)).toEqual(
      expect.arrayContaining(['x'.repeat(64), `${'z'.repeat(120)}…`, '01 02 ff', 'é up', '07']),
    );
  });

  it('says how the accept follows from the key, and where it does not', async () => {
    const sent = await converse();
    const value = (steps: ReturnType<typeof checked>) =>
      steps[1]?.parts[0]?.notes.find(({ name }) => name.startsWith('how '))?.value;
    const key = /Sec-WebSocket-Key: (\S+)/.exec(String(sent[0]?.bytes))?.[1] ?? '';
    const guid = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';
    const accept = createHash('sha1').update(`${key}${guid}`).digest('base64');
    expect(value(checked(annotate, sent))).toBe(`base64(sha1("${key}" + "${guid}")) = ${accept}: matches`);
    const forged = sent.map(({ way, bytes }, place) => ({
      way,
      bytes:
        place === 1
          ? Buffer.from(
              Buffer.from(bytes)
                .toString('latin1')
                .replace(/Accept: .{6}/, 'Accept: AAAAAA'),
              'latin1',
            )
          : bytes,
    }));
    expect(value(checked(annotate, forged))).toMatch(/does NOT match$/);
  });

  it('reads fragments, several frames in one piece, a frame over many pieces and one that is cut off', async () => {
    const [request, answer] = await converse();
    if (request === undefined || answer === undefined) throw new Error('no upgrade');
    const frames = Buffer.from([0x01, 2, 0xc3, 0xa9, 0x89, 1, 0x21, 0x80, 1, 0x21, 0x81, 2, 0x68]);
    const parts = (steps: ReturnType<typeof checked>) => lines(steps).slice(2);
    const wanted = [
      '← text frame, 2 bytes | framing frame header 2, payload message 2',
      '← ping frame, 1 byte | heartbeat frame header 2, heartbeat echoed bytes 1',
      '← continuation frame, 1 byte | framing frame header 2, payload message 1',
      '← text frame, 2 bytes, cut off after 1 of 2 bytes | framing frame header 2, payload message 1',
    ];
    expect(parts(checked(annotate, [request, answer, { way: 'down', bytes: frames }]))).toEqual(wanted);
    const single = [...frames].map((byte) => ({ way: 'down' as const, bytes: Uint8Array.of(byte) }));
    const steps = checked(annotate, [request, answer, ...single]);
    expect(parts(steps)).toEqual(wanted);
    expect(steps.map(({ piece }) => piece)).toEqual([0, 1, 5, 8, 11, 14]);
  });

  it('tells a refused upgrade, and what was cut in its head', async () => {
    const [request] = await converse();
    if (request === undefined) throw new Error('no request');
    const answer = (text: string) => ({ way: 'down' as const, bytes: Buffer.from(text) });
    const refused = answer('HTTP/1.1 403 Forbidden\r\nContent-Length: 7\r\n\r\nnot you');
    expect(lines(checked(annotate, [request, refused]))[1]).toBe(
      '← answer 403: no upgrade (forbidden) | handshake answer head 45, handshake reason 7',
    );
    const plain = answer('HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n<html>');
    expect(lines(checked(annotate, [request, plain]))[1]).toBe(
      '← answer 200: no upgrade (ok), cut off after 6 of 10 bytes | handshake answer head 39, handshake reason 6',
    );
    const cut = { way: 'up' as const, bytes: request.bytes.subarray(0, 20) };
    expect(checked(annotate, [cut]).map(({ title }) => title)).toEqual(['GET /ws, cut off in its head']);
    const garbage = answer('\x1b[2J garbage');
    expect(lines(checked(annotate, [request, garbage]))[1]).toBe(
      '← 12 bytes not understood | framing not understood 12',
    );
  });

  it('says in close frames which code and why', () => {
    const steps = checked(annotate, [
      { way: 'up', bytes: Buffer.from('GET /ws HTTP/1.1\r\nUpgrade: websocket\r\n\r\n') },
      { way: 'down', bytes: Buffer.from('HTTP/1.1 101 Switching Protocols\r\n\r\n') },
      { way: 'down', bytes: Buffer.from([0x88, 5, 0x03, 0xe9, 0x62, 0x79, 0x65]) },
    ]);
    expect(steps[2]?.title).toBe('close frame, 1001 "bye"');
    expect(steps[2]?.parts.map(({ class: kind, bytes }) => [kind, bytes])).toEqual([
      ['handshake', 2],
      ['handshake', 2],
      ['handshake', 3],
    ]);
    expect(weightOf(steps[2] ?? { parts: [] })).toBe(7);
  });
});
