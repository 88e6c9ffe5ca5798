import { expect, test } from 'vitest';
import type { Annotate } from '../../src/contracts.ts';
import type { Piece, Tapped } from '../../src/instrument/link/protocol.ts';
import { conversationOf, type Heard } from '../../src/trace/conversation.ts';

const MS = 1e6;
const START_NS = 5_000 * MS;

type Given = readonly [atMs: number, way: 'up' | 'down', what: string, isLost?: true];

/** A connection as the tap tells it: `end` and `reset` are no bytes. */
function tapped(openedMs: number, ...given: readonly Given[]): Tapped {
  const pieces = given.map(([atMs, way, text, isLost]): Piece => {
    const what = text === 'end' || text === 'reset' ? text : 'bytes';
    const latin1 = what === 'bytes' ? text : '';
    return { way, atNs: START_NS + atMs * MS, what, latin1, ...(isLost && { isLost }) };
  });
  const bytes = (way: 'up' | 'down') =>
    pieces.reduce((sum, piece) => sum + (piece.way === way ? piece.latin1.length : 0), 0);
  return {
    target: 0,
    address: '127.0.0.1',
    openedNs: START_NS + openedMs * MS,
    pieces,
    upBytes: bytes('up'),
    downBytes: bytes('down'),
  };
}

/** Each piece is a step of two parts: its first byte is framing, the others are the message. */
const annotate: Annotate = (sent) =>
  sent.map(({ way, bytes }, piece) => {
    const part = { notes: [], text: '' };
    const parts = [
      { ...part, class: 'framing' as const, label: 'first', bytes: 1 },
      { ...part, class: 'payload' as const, label: 'message', bytes: bytes.length - 1 },
    ];
    return { way, title: Buffer.from(bytes).toString('latin1'), why: '', parts, piece };
  });

function conversation(heard: Partial<Heard>) {
  const nothing = { transport: 'x', tapped: [], told: [], news: { messages: 0, bytes: 0 }, rttMs: 0 };
  return conversationOf({ ...nothing, ...heard }, annotate);
}

/** What happens, and when at both ends. */
function times({ events }: ReturnType<typeof conversation>): string[] {
  return events.map((event) => {
    if (event.kind === 'told') return `${event.atMs} ${event.text}`;
    const what = event.kind === 'step' ? event.title : event.kind;
    return `${event.sentMs}>${event.arrivedMs} #${event.connection} ${event.way} ${what}`;
  });
}

test('what happens is in the order of time at the client, over all connections', () => {
  const found = conversation({
    tapped: [
      tapped(0, [1, 'up', 'ask'], [4, 'down', 'answer'], [9, 'up', 'end'], [10, 'down', 'end']),
      tapped(3, [3.5, 'up', 'other'], [6, 'down', 'reset']),
    ],
    told: [{ atNs: START_NS + 5 * MS, text: 'it is told' }],
  });
  expect(times(found)).toEqual([
    '0>0 #1 up opened',
    '1>1 #1 up ask',
    '3>3 #2 up opened',
    '3.5>3.5 #2 up other',
    '4>4 #1 down answer',
    '5 it is told',
    '6>6 #2 down reset',
    '9>9 #1 up ended',
    '10>10 #1 down ended',
  ]);
  expect(found.connections).toBe(2);
});

test('a distance sets both ends half a round trip apart, and nothing is sent before a connection is open', () => {
  const found = conversation({
    tapped: [tapped(0, [1, 'up', 'ask'], [120, 'down', 'answer'], [121, 'up', 'again'])],
    rttMs: 40,
  });
  expect(times(found)).toEqual([
    '0>20 #1 up opened',
    '40>60 #1 up ask',
    '100>120 #1 down answer',
    '121>141 #1 up again',
  ]);
});

test('a story that begins before the first connection begins at its first word', () => {
  const told = [{ atNs: START_NS - 10 * MS, text: 'something is in the way' }];
  expect(times(conversation({ tapped: [tapped(0)], told }))).toEqual([
    '0 something is in the way',
    '10>10 #1 up opened',
  ]);
});

test('classes are summed by the way they went, and the relay counts by itself', () => {
  const found = conversation({
    tapped: [tapped(0, [1, 'up', 'four'], [2, 'down', 'six...']), tapped(3, [4, 'up', 'xy'])],
  });
  expect(found.classes).toMatchObject({
    framing: { up: 2, down: 1 },
    payload: { up: 4, down: 5 },
    header: { up: 0, down: 0 },
  });
  expect(found.relayed).toEqual({ up: 6, down: 6 });
});

test('bytes are kept as they are, and what vanished is marked in all that is made of it', () => {
  const found = conversation({
    tapped: [tapped(0, [1, 'up', '\xff\0'], [2, 'up', 'lost', true], [3, 'up', 'end', true])],
  });
  const bytes = (found.pieces ?? []).map(({ base64 }) => Buffer.from(base64, 'base64').toString('latin1'));
  expect(bytes).toEqual(['\xff\0', 'lost']);
  expect(found.events.map((event) => event.kind !== 'told' && event.isLost === true)).toEqual([
    false,
    false,
    true,
    true,
  ]);
  expect(found.pieces?.map(({ isLost }) => isLost === true)).toEqual([false, true]);
});
