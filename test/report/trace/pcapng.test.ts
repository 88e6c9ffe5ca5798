import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { write } from '../../../src/library/saved.ts';
import type { Direction } from '../../../src/measurements/trace/steps.ts';
import type { Conversation, Piece, TraceEvent } from '../../../src/measurements/trace/trace.ts';
import { captureOf } from '../../../src/report/trace/pcapng/capture.ts';
import { BIN, rtbench } from '../../rtbench.ts';
import { sampleTrace } from './sample.ts';

const hasTshark = spawnSync('tshark', ['--version']).status === 0;
if (!hasTshark) process.stderr.write('skipped: tshark is not installed, so no capture is read back\n');

const RTT_MS = 20;

/** What crossed, said briefly: at which time, on which connection, which way. */
function piece(atMs: number, connection: number, way: Direction, content: string | readonly number[]): Piece {
  const bytes = typeof content === 'string' ? Buffer.from(content) : Buffer.from(content);
  return { connection, way, sentMs: atMs, arrivedMs: atMs + RTT_MS / 2, base64: bytes.toString('base64') };
}

function mark(
  atMs: number,
  connection: number,
  kind: 'opened' | 'ended' | 'reset',
  way: Direction,
): Exclude<TraceEvent, { kind: 'told' | 'step' }> {
  return { kind, connection, way, sentMs: atMs, arrivedMs: atMs + RTT_MS / 2 };
}

function conversation(
  transport: string,
  events: readonly TraceEvent[],
  pieces: readonly Piece[],
): Conversation {
  const none = { up: 0, down: 0 };
  const classes = { handshake: none, header: none, framing: none, payload: none, heartbeat: none };
  return {
    ...{ transport, connections: 2, events, pieces, classes },
    ...{ relayed: none, news: { messages: 0, bytes: 0 } },
  };
}

const ask = (path: string) => `GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`;
const answer = (body: string) => `HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
const BODY = 'long '.repeat(2000);

const polling = conversation(
  'polling',
  [
    mark(0, 1, 'opened', 'up'),
    { kind: 'told', atMs: 30, text: 'the client asks in vain' },
    mark(60, 2, 'opened', 'up'),
    mark(110, 1, 'ended', 'up'),
    mark(120, 1, 'ended', 'down'),
    mark(130, 2, 'reset', 'down'),
  ],
  [
    ...[piece(1, 1, 'up', ask('/one')), piece(12, 1, 'down', answer('[]'))],
    ...[piece(61, 2, 'up', ask('/two')), piece(62, 1, 'up', ask('/three'))],
    ...[piece(73, 2, 'down', answer(BODY)), piece(74, 1, 'down', answer('["news"]'))],
  ],
);

const MASK = [1, 2, 3, 4];
const masked = [...Buffer.from('hello')].map((byte, at) => byte ^ (MASK[at % 4] ?? 0));
const upgrade =
  'Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n';
const websocket = conversation(
  'websocket',
  [mark(0, 1, 'opened', 'up'), mark(200, 1, 'ended', 'up'), mark(201, 1, 'ended', 'down')],
  [
    piece(1, 1, 'up', ask('/ws').replace(/\r\n$/, upgrade)),
    piece(
      12,
      1,
      'down',
      'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n',
    ),
    piece(50, 1, 'down', [0x81, 4, ...Buffer.from('news')]),
    piece(70, 1, 'up', [0x81, 0x85, ...MASK, ...masked]),
  ],
);

describe.skipIf(!hasTshark)('a capture, as tshark reads it', () => {
  let folder = '';
  let file = '';
  const trace = sampleTrace(polling, websocket);
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'rtbench-pcapng-'));
    file = join(folder, 'trace.pcapng');
    writeFileSync(file, captureOf(trace));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const CHECKED = ['-o', 'tcp.check_checksum:TRUE', '-o', 'ip.check_checksum:TRUE'];
  /** The fields of what passes a filter, packet by packet. */
  function fields(filter: string, ...names: readonly string[]): string[][] {
    const args = [
      '-r',
      file,
      ...CHECKED,
      '-Y',
      filter,
      '-T',
      'fields',
      ...names.flatMap((one) => ['-e', one]),
    ];
    const text = execFileSync('tshark', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    return text
      .split('\n')
      .slice(0, -1)
      .map((line) => line.split('\t'));
  }

  test('requests and answers are found on their connections, whole', () => {
    expect(
      fields('http.request and !websocket', 'tcp.srcport', 'http.request.uri', '_ws.col.Info').map((one) =>
        one.slice(0, 2),
      ),
    ).toEqual([
      ...[
        ['50001', '/one'],
        ['50002', '/two'],
        ['50001', '/three'],
        ['50001', '/ws'],
      ],
    ]);
    const lengths = fields('http.response', 'http.response.code', 'http.content_length');
    expect(lengths).toEqual([
      ['200', '2'],
      ['200', String(BODY.length)],
      ['200', '8'],
      ['101', ''],
    ]);
  });

  test('frames are found with their payloads unmasked', () => {
    expect(fields('websocket', 'websocket.mask', 'websocket.payload.text')).toEqual([
      ['0', 'news'],
      ['1', 'hello'],
    ]);
  });

  test('nothing is malformed, missing, or summed up wrongly, and each connection begins and ends', () => {
    const wrong =
      '_ws.malformed or tcp.checksum.status != 1 or ip.checksum.status != 1 or tcp.analysis.flags or _ws.expert.severity >= 6291456';
    const notes = fields(wrong, 'frame.number', '_ws.expert.message');
    // That it was reset is Wireshark's own warning.
    expect(notes.filter(([, message = '']) => !message.includes('RST'))).toEqual([]);
    expect(fields('tcp.flags.syn == 1 and tcp.flags.ack == 0', 'tcp.stream')).toEqual(
      [['0'], ['1'], ['2']].toSorted(),
    );
    expect(fields('tcp.flags.reset == 1', 'tcp.dstport')).toEqual([['50002']]);
    expect(fields('tcp.flags.fin == 1', 'tcp.stream')).toHaveLength(4);
  });

  test('times are those of the client, in microseconds', () => {
    const [first] = fields('http.request', 'frame.time_epoch');
    expect(Number(first?.[0])).toBeCloseTo(Date.parse(trace.startedAt) / 1000 + 0.001, 6);
    const [answered] = fields('http.response', 'frame.time_relative');
    expect(Number(answered?.[0])).toBeCloseTo(0.022, 6);
  });

  test('the file says what it is, and tells what was told', () => {
    expect(fields('frame.comment', 'frame.comment')).toEqual([['the client asks in vain']]);
    const about = execFileSync('capinfos', [file], { encoding: 'utf8' });
    expect(about).toContain('Rebuilt by rtbench trace');
    expect(about).toContain('polling');
  });
});

describe.skipIf(!hasTshark)('who acknowledges what, as tshark reads it', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rtbench-pcapng-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  function rows(one: Conversation, filter: string, ...names: readonly string[]): string[] {
    const file = join(folder, 'acknowledged.pcapng');
    writeFileSync(file, captureOf(sampleTrace(one)));
    const args = ['-r', file, '-Y', filter, '-T', 'fields', ...names.flatMap((name) => ['-e', name])];
    const text = execFileSync('tshark', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    return text.split('\n').slice(0, -1);
  }

  test("the server's word for what the client sent takes a round trip, and packets stay in order", () => {
    const trips = rows(
      polling,
      'tcp.srcport == 80 and tcp.len == 0 and tcp.analysis.ack_rtt',
      'tcp.analysis.ack_rtt',
    );
    // Where bytes went before the server's answer was due, the connection is open at once.
    expect(trips.filter((one) => Number(one) > 0.002).map(Number)).toEqual(Array(4).fill(RTT_MS / 1000));
    const times = rows(polling, 'tcp', 'frame.time_relative').map(Number);
    expect(times).toEqual(times.toSorted((one, other) => one - other));
  });

  test('nothing comes out of a hole: what is lost is never acknowledged', () => {
    const isLost = true as const;
    const holed = conversation(
      'sse',
      [mark(0, 1, 'opened', 'up'), { ...mark(90, 1, 'ended', 'up'), isLost }],
      [{ ...piece(30, 1, 'up', ask('/lost')), isLost }],
    );
    expect(rows(holed, 'tcp.srcport == 80', 'tcp.flags.str', 'tcp.ack', 'frame.comment')).toEqual([
      expect.stringMatching(/S.*\t1\tThe relay's kernel accepted this connection, not the server/),
    ]);
    expect(rows(holed, 'tcp.flags.fin == 1', 'tcp.srcport')).toEqual(['50001']);
  });
});

describe('a capture from the command and the library', () => {
  let folder = '';
  const trace = sampleTrace(polling, websocket);
  const saved = () => join(folder, 'trace.json');
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'rtbench-pcapng-'));
    writeFileSync(saved(), JSON.stringify(trace));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('a file, a pipe and the library get the same bytes', async () => {
    const file = join(folder, 'trace.pcapng');
    expect(await rtbench(['report', saved(), '--out', file])).toMatchObject({ code: 0, stderr: '' });
    const piped = execFileSync(process.execPath, [BIN, 'report', saved(), '--format', 'pcapng']);
    const bytes = Buffer.from(captureOf(trace));
    expect(readFileSync(file).equals(bytes)).toBe(true);
    expect(piped.equals(bytes)).toBe(true);
    expect(bytes.equals(await write(trace, 'pcapng'))).toBe(true);
  });

  test.skipIf(spawnSync('script', ['--version']).status !== 0)('a terminal is not given one', () => {
    const line = `${process.execPath} ${BIN} report ${saved()} --format pcapng`;
    const { status, stdout } = spawnSync('script', ['-qec', line, '/dev/null'], { encoding: 'utf8' });
    expect(stdout.trim()).toBe(
      'rtbench: Expected --format to be a text, as a terminal cannot show a capture (give --out FILE.pcapng), got `pcapng`',
    );
    expect(status).toBe(2);
  });
});
