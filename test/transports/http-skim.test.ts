import { once } from 'node:events';
import { connect } from 'node:net';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Message, Transport } from '../../src/contracts.ts';
import { Reader } from '../../src/transports/http/lean/reader.ts';
import { readAnswer } from '../../src/transports/polling/client/read.ts';
import { skimAnswer } from '../../src/transports/polling/client/skim.ts';
import { polling } from '../../src/transports/polling/index.ts';
import { NdjsonDecoder } from '../../src/transports/streaming/client/ndjson.ts';
import { NdjsonSkimmer } from '../../src/transports/streaming/client/skim-ndjson.ts';
import { SseSkimmer } from '../../src/transports/streaming/client/skim-sse.ts';
import { SseDecoder } from '../../src/transports/streaming/client/sse.ts';
import { sse, streaming } from '../../src/transports/streaming/index.ts';
import { type Host, serve, until } from './harness.ts';

const TEXTS: readonly Message[] = [
  'sixteen letters.',
  'an é, 漢字 and 🎈',
  ' data: x',
  '{cursor:1}',
  '',
  'z',
];
const ALL: readonly Message[] = [
  ...TEXTS,
  'a "quote", a \\ and two\nlines',
  'with\r\n',
  Uint8Array.of(0, 10, 13, 34, 92, 255),
  'the last.',
];
const MOST_BYTES = 1 << 20;
const MUTATIONS = 1_500;

/** What was told, in words; what was skimmed looks as if it had been told as a text. */
class Told {
  readonly words: string[] = [];
  readonly skims: boolean;
  skimmed = 0;

  constructor(skims: boolean) {
    this.skims = skims;
  }

  message(message: Message): void {
    this.words.push(String(typeof message === 'string' ? message : Buffer.from(message)));
  }

  skim(bytes: Buffer, start: number, end: number): void {
    this.skimmed++;
    this.words.push(bytes.toString('utf8', start, end));
  }

  session(): void {
    this.words.push('a session');
  }
}

type Feed = (bytes: Buffer, start: number, end: number) => void;
/** How the body of an answer of that type is read; each time anew. */
type Body = (told: Told, type: string) => { feed: Feed; end(): void };

const streamed = (make: (told: Told) => { feed: Feed; cursor: string | undefined }): Body => {
  return (told) => {
    const decoder = make(told);
    return {
      feed: (bytes, start, end) => decoder.feed(bytes, start, end),
      end: () => told.words.push(`cursor ${decoder.cursor}`),
    };
  };
};

const answered = (read: typeof readAnswer): Body => {
  return (told, type) => {
    const parts: Buffer[] = [];
    return {
      feed: (bytes, start, end) => parts.push(Buffer.from(bytes.subarray(start, end))),
      end() {
        const body = Buffer.concat(parts);
        if (type !== '') told.words.push(`cursor ${read(type, body, 0, body.length, told)}`);
      },
    };
  };
};

const WAYS = [
  {
    transport: streaming,
    skimmed: streamed((told) => new NdjsonSkimmer(told, MOST_BYTES)),
    read: streamed((told) => new NdjsonDecoder(told, MOST_BYTES)),
  },
  {
    transport: sse,
    skimmed: streamed((told) => new SseSkimmer(told, MOST_BYTES)),
    read: streamed((told) => new SseDecoder(told, MOST_BYTES)),
  },
  { transport: polling, skimmed: answered(skimAnswer), read: answered(readAnswer) },
];

describe.each(WAYS)('what a server of $transport.name sends', ({ transport, skimmed, read }) => {
  let sent: Buffer;
  beforeAll(async () => {
    sent = await record(transport);
  });

  it('is told as it was sent, wherever it is cut, and though each read overwrites the last', () => {
    const whole = hear(sent, [sent.length], new Told(true), skimmed);
    expect(whole.words.filter((word) => !/^(cursor|a session|open|ended)/.test(word))).toEqual(
      (transport === polling ? [...TEXTS, ...ALL] : ALL).map((message) => String(plain(message))),
    );
    expect(whole.skimmed).toBeGreaterThan(TEXTS.length / 2);
    for (let at = 1; at < sent.length; at++) {
      expect(hear(sent, [at, sent.length], new Told(true), skimmed).words).toEqual(whole.words);
    }
    const bytewise = Array.from(sent, (_, index) => index + 1);
    expect(hear(sent, bytewise, new Told(true), skimmed).words).toEqual(whole.words);
    expect(hear(sent, [sent.length], new Told(false), skimmed)).toMatchObject({
      skimmed: 0,
      words: whole.words,
    });
  });

  it('is told as anyone would read it, also where it is spoilt', () => {
    const random = randomFrom(11);
    for (let index = 0; index < MUTATIONS; index++) {
      const spoilt = spoil(sent, random);
      const cuts = [
        Math.floor(random() * spoilt.length),
        Math.floor(random() * spoilt.length),
        spoilt.length,
      ];
      const wanted = hear(spoilt, [spoilt.length], new Told(false), read);
      const got = hear(
        spoilt,
        cuts.toSorted((a, b) => a - b),
        new Told(true),
        skimmed,
      );
      expect(got.words, spoilt.toString('latin1')).toEqual(wanted.words);
    }
  });
});

/** Feeds bytes as a line does, in pieces that end there, all of them in one buffer; tells what came of it. */
function hear(sent: Buffer, ends: readonly number[], told: Told, body: Body): Told {
  let current: ReturnType<Body> | undefined;
  const end = () => current?.end();
  const reader = new Reader({
    head({ type }) {
      current = body(told, type);
    },
    data: (bytes, from, to) => current?.feed(bytes, from, to),
    complete: end,
    whole({ type }, bytes, from, to) {
      current = body(told, type);
      current.feed(bytes, from, to);
      end();
    },
  });
  const shared = Buffer.alloc(sent.length);
  try {
    let start = 0;
    for (const stop of ends) {
      sent.copy(shared, 0, start, stop);
      reader.feed(shared.subarray(0, stop - start));
      shared.fill(0xff);
      start = stop;
    }
    told.words.push(reader.end() ? 'ended' : 'open');
  } catch {
    told.words.push('broken');
  }
  return told;
}

/** All that a real server sends to one client. */
async function record(transport: Transport): Promise<Buffer> {
  const host = await serve(transport);
  const socket = connect(Number(host.url.port), '127.0.0.1');
  const parts: Buffer[] = [];
  socket.on('data', (part) => parts.push(part));
  const came = (text: string) => until(text, () => Buffer.concat(parts).includes(text));
  if (transport === polling) {
    socket.write('POST /session HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n');
    await came('"cursor":0}');
    parts.length = 0;
    await publishAndAsk(host, TEXTS, 0, (text) => socket.write(text));
    await came('"z"');
    await publishAndAsk(host, ALL, TEXTS.length, (text) => socket.write(text));
  } else {
    socket.write('GET /stream HTTP/1.1\r\nHost: x\r\n\r\n');
    await came('session');
    for (const message of ALL) host.side.publish('all', message);
  }
  await came('the last.');
  if (transport !== polling) await host.side.close();
  if (transport !== polling) await once(socket, 'close');
  socket.destroy();
  await host.close();
  return Buffer.concat(parts);
}

async function publishAndAsk(
  host: Host,
  messages: readonly Message[],
  cursor: number,
  write: (text: string) => unknown,
): Promise<void> {
  for (const message of messages) host.side.publish('all', message);
  write(`GET /session/${host.app.peers[0]?.id}/${cursor} HTTP/1.1\r\nHost: x\r\n\r\n`);
}

function plain(message: Message): Message | Buffer {
  return typeof message === 'string' ? message : Buffer.from(message);
}

/** Changes, drops, repeats or ends a few bytes somewhere. */
function spoil(bytes: Buffer, random: () => number): Buffer {
  const at = Math.floor(random() * bytes.length);
  const some = 1 + Math.floor(random() * 8);
  const kind = Math.floor(random() * 5);
  const before = bytes.subarray(0, at);
  if (kind === 0) return before;
  const middle = [
    Buffer.alloc(0),
    Buffer.from('\\"\n\r:,]}').subarray(0, some),
    Buffer.from([Math.floor(random() * 256)]),
    bytes.subarray(at, at + 2 * some),
  ][kind - 1];
  const rest = bytes.subarray(kind === 4 ? at : at + some);
  return Buffer.concat([before, middle ?? Buffer.alloc(0), rest]);
}

function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
