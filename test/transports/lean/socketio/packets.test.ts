import { isDeepStrictEqual } from 'node:util';
import { Manager } from 'socket.io-client';
import { describe, expect, it } from 'vitest';
import type { Message } from '../../../../src/contracts.ts';
import { LibraryBackoff } from '../../../../src/transports/socketio/lean/backoff.ts';
import {
  eachPacket,
  hasOnlyMessages,
  Payload,
} from '../../../../src/transports/socketio/lean/engine/payload.ts';
import { Namespace } from '../../../../src/transports/socketio/lean/namespace.ts';
import { decodePacket, encodeMessage } from '../../../../src/transports/socketio/lean/packets.ts';

/** The library's own parser and back-off, which its client holds. */
const library = new Manager('http://localhost', { autoConnect: false });
const parser: { decodeString(text: string): { type: number; nsp: string; id?: number; data?: unknown } } =
  Reflect.get(library, 'decoder');
const libraryBackoff: { duration(): number; reset(): void } = Reflect.get(library, 'backoff');

const GOOD = [
  '2["m","plain"]',
  '2["m",""]',
  '2["m","\\"escaped\\" \\u00e9\\n"]',
  '2["m","ünicode 🎈"]',
  '2["m","text","offset"]',
  '2["m","text","off\\"set"]',
  '212["m","with an id"]',
  '2["other","x"]',
  '2/5,["m","elsewhere"]',
  '31["answer"]',
  '3["no id"]',
  '3/5,1["elsewhere"]',
  '2["m",{"a":[1,2]}]',
  '0{"sid":"a","pid":"b"}',
  '4{"message":"no"}',
  '1',
];

const TEXTS = [...GOOD, ...mutations(10_000)];

describe('socket.io packets', () => {
  it('takes apart what the library takes apart, and refuses what it refuses', () => {
    const wrong = TEXTS.filter((text) => !isDeepStrictEqual(leanDecode(text), libraryDecode(text)));
    expect(wrong).toEqual([]);
  });

  it('tells of a packet what it says, whether skimmed or taken apart', () => {
    const wrong = TEXTS.filter((text) => !isDeepStrictEqual(leanTold(text), libraryTold(text)));
    expect(wrong).toEqual([]);
  });

  it('skims text in whatever buffer it stands', () => {
    const told: string[] = [];
    const namespace = joined('/', (bytes, start, end) => told.push(bytes.toString('utf8', start, end)));
    for (const around of ['', '"]', '42["m","']) {
      const bytes = Buffer.from(`${around}2["m","text ü"]${around}`);
      const start = Buffer.byteLength(around);
      expect(namespace.skim(bytes, start, bytes.length - start)).toBe(true);
      expect(namespace.skim(bytes, start, bytes.length - start - 1)).toBe(false);
    }
    expect(told).toEqual(['text ü', 'text ü', 'text ü']);
  });

  it('says messages as the library does', () => {
    expect(encodeMessage('', 'a "b"')).toEqual(['2["m","a \\"b\\""]']);
    const bytes = Uint8Array.of(1);
    expect(encodeMessage('/5,', bytes, 7)).toEqual(['51-/5,7["m",{"_placeholder":true,"num":0}]', bytes]);
  });
});

describe('payloads of polling', () => {
  const packets = ['42["m","one"]', '', '2', 'bAQID', 'ü'.repeat(50)];
  const body = Buffer.from(packets.join('\u001e'));

  it('are parted the same wherever they are cut, and keep nothing that was lent', () => {
    for (let first = 0; first <= body.length; first++) {
      for (const step of [0, 1, 13, body.length]) {
        const second = Math.min(first + step, body.length);
        const parts = [body.subarray(0, first), body.subarray(first, second), body.subarray(second)];
        expect(parted(parts)).toEqual(packets);
      }
    }
    expect(parted(Array.from(body, (byte) => Buffer.of(byte)))).toEqual(packets);
  });

  it('are of a limited length', () => {
    expect(() => parted(Array.from({ length: 3 }, () => Buffer.alloc(100, 'x')))).toThrow(
      'more than 200 bytes',
    );
  });

  it('are known for what they hold', () => {
    expect(['4', '4a\u001ebAQ==', '4a\u001e4'].filter((it) => !hasOnlyMessages(Buffer.from(it)))).toEqual([]);
    expect(['', '2', '4a\u001e2', '4a\u001e'].filter((it) => hasOnlyMessages(Buffer.from(it)))).toEqual([]);
  });

  function parted(parts: readonly Buffer[]): string[] {
    const found: string[] = [];
    const payload = new Payload(200);
    const lent = Buffer.alloc(1_000);
    for (const part of parts) {
      part.copy(lent);
      payload.add(lent, 0, part.length);
      lent.fill(0x1e);
    }
    eachPacket(payload.take(), (bytes, start, end) => found.push(bytes.toString('utf8', start, end)));
    expect(payload.take()).toHaveLength(0);
    return found;
  }
});

it('waits as long as the library before it connects again', () => {
  const draws = random(7);
  const original = Math.random;
  for (let run = 0; run < 50; run++) {
    libraryBackoff.reset();
    const lean = new LibraryBackoff(() => drawn);
    let drawn = 0;
    for (let attempt = 0; attempt < 6; attempt++) {
      drawn = draws();
      Math.random = () => drawn;
      expect(lean.nextMs()).toBe(libraryBackoff.duration());
    }
  }
  Math.random = original;
});

function leanDecode(text: string): unknown {
  try {
    const { type, namespace, id, data } = decodePacket(text);
    return { type, namespace, id, data };
  } catch {
    return 'refused';
  }
}

function libraryDecode(text: string): unknown {
  try {
    const { type, nsp, id, data } = parser.decodeString(text);
    return { type: type > 4 ? type - 3 : type, namespace: nsp, id, data };
  } catch {
    return 'refused';
  }
}

function joined(
  name: string,
  skim?: (bytes: Buffer, start: number, end: number) => void,
  told: Message[] = [],
): Namespace {
  const namespace = new Namespace(name, {
    events: { message: (message) => told.push(message), closed: () => {}, ...(skim && { skim }) },
    shared: { send: () => {}, left: () => {} },
    joining: { joined: () => {}, refused: () => {} },
  });
  namespace.receive({ type: 0, namespace: name, id: undefined, data: { sid: 'x' }, attachments: 0 });
  namespace.ask('0');
  namespace.ask('1');
  return namespace;
}

function leanTold(text: string): unknown[] {
  const told: Message[] = [];
  const namespace = joined('/', (bytes, start, end) => told.push(bytes.toString('utf8', start, end)), told);
  const bytes = Buffer.from(text);
  if (namespace.skim(bytes, 0, bytes.length)) return told;
  try {
    const packet = decodePacket(text);
    if (packet.namespace === '/') namespace.receive(packet);
  } catch {
    return ['refused'];
  }
  return told;
}

function libraryTold(text: string): unknown[] {
  try {
    const { type, nsp, id, data } = parser.decodeString(text);
    if (nsp !== '/' || !Array.isArray(data)) return [];
    const said =
      type === 2 && data[0] === 'm' ? data[1] : type === 3 && (id === 0 || id === 1) ? data[0] : undefined;
    return typeof said === 'string' ? [said] : [];
  } catch {
    return ['refused'];
  }
}

/** Good packets with a letter or two changed, dropped or doubled. */
function mutations(count: number): string[] {
  const draw = random(42);
  const pick = <Item>(items: readonly Item[]): Item | undefined => items[Math.floor(draw() * items.length)];
  const letters = [...'0123456-/,["]\\{}mx:'];
  return Array.from({ length: count }, () => {
    let text = pick(GOOD) ?? '';
    for (let changes = Math.ceil(draw() * 2); changes > 0; changes--) {
      const at = Math.floor(draw() * text.length);
      const dropped = draw() < 0.6 ? 1 : 0;
      text = text.slice(0, at) + (draw() < 0.7 ? pick(letters) : '') + text.slice(at + dropped);
    }
    // The library's parser is never asked about nothing.
    return text === '' ? '1' : text.toWellFormed();
  });
}

function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return state / 2 ** 31;
  };
}
