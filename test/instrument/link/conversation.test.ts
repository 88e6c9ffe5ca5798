import { expect, test } from 'vitest';
import type { LinkFault } from '../../../src/instrument/link/faults/names.ts';
import { Standing } from '../../../src/instrument/link/faults/standing.ts';
import { Conversation } from '../../../src/instrument/link/http/conversation.ts';

const UPGRADE = 'GET /ws HTTP/1.1\r\nConnection: Upgrade\r\nupgrade:  WebSocket\r\n\r\n';
const SWITCHED = 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n';
const PLAIN = 'GET /poll HTTP/1.1\r\nHost: x\r\n\r\n';
const BODY = 'not a head:\r\nUpgrade: websocket\r\n\r\nGET /ws HTTP/1.1\r\nUpgrade: websocket\r\n\r\n';
const POST = `POST /say HTTP/1.1\r\nContent-Length: ${BODY.length}\r\n\r\n${BODY}`;
const CHUNKED_POST = `POST /say HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n${chunks(BODY)}`;
const ANSWER = 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nHTTP/';
const BARE = 'HTTP/1.1 204 No Content\r\n\r\n';
const CONTINUE = 'HTTP/1.1 100 Continue\r\n\r\n';
const STREAM = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n';
/** Bytes that are no HTTP, with what looks like a head among them. */
const FRAMES = '\x81\x05hello\r\n\r\nGET / HTTP/1.1\r\nUpgrade: websocket\r\n\r\n\x00';

function chunks(...parts: string[]): string {
  return `${parts.map((part) => `${part.length.toString(16)};ext=1\r\n${part}\r\n`).join('')}0\r\nTrailer: x\r\n\r\n`;
}

/** A conversation whose bytes are written down. */
function overhear(...faults: LinkFault[]) {
  const standing = new Standing();
  for (const fault of faults) standing.set(fault, true);
  const heard = { up: '', down: '', cuts: 0, ended: false, lost: false };
  const outlet = (way: 'up' | 'down') => ({
    take(bytes: Buffer) {
      heard[way] += bytes.toString('latin1');
    },
    end() {
      heard.ended = true;
    },
    lose() {
      heard.lost = true;
    },
  });
  const cut = () => {
    heard.cuts += 1;
  };
  const conversation = new Conversation(standing, { up: outlet('up'), down: outlet('down'), cut });
  const say = (way: 'up' | 'down', text: string) => conversation[way](Buffer.from(text, 'latin1'));
  return { standing, heard, conversation, say };
}

/** A text cut in two at every place, and into single bytes. */
function cuttings(text: string): string[][] {
  const halves = Array.from({ length: text.length + 1 }, (_, at) => [text.slice(0, at), text.slice(at)]);
  return [...halves, [...text]];
}

const TALKS: readonly [string, string, string][] = [
  ['requests and answers, one after the other', PLAIN + POST + PLAIN, ANSWER + BARE + ANSWER],
  ['chunks both ways', CHUNKED_POST + PLAIN, STREAM + chunks('one', 'two\r\n0\r\n\r\n') + ANSWER],
  ['a word in between', POST, CONTINUE + ANSWER],
  ['an answer to HEAD', PLAIN.replace('GET', 'HEAD') + PLAIN, `${ANSWER.slice(0, -5)}${ANSWER}`],
  ['an answer that ends with the connection', PLAIN, 'HTTP/1.1 200 OK\r\n\r\nHTTP/1.1 101 x\r\n\r\n'],
  ['an upgrade, and frames after it', UPGRADE + FRAMES, SWITCHED + FRAMES],
  ['an upgrade that the server refuses', UPGRADE + PLAIN, `${ANSWER}${ANSWER}`],
  ['what is no HTTP', FRAMES, FRAMES],
];

test.each(TALKS)('%s pass untouched, wherever they are cut', (_, up, down) => {
  for (const faults of [[], ['upgrade-403'], ['buffering']] satisfies LinkFault[][]) {
    if (faults[0] === 'upgrade-403' && up.startsWith(UPGRADE)) continue;
    for (const way of ['up', 'down'] as const) {
      for (const pieces of cuttings(way === 'up' ? up : down)) {
        const { heard, conversation, say } = overhear(...faults);
        // The client has asked before the server answers, as far as the cut one lets it.
        if (way === 'down') say('up', up);
        for (const piece of pieces) if (piece !== '') say(way, piece);
        if (way === 'up') say('down', down);
        conversation.upEnds();
        conversation.downEnds();
        expect(heard).toEqual({ up, down, cuts: 0, ended: false, lost: false });
      }
    }
  }
});

test('a head that never ends passes when it is too long, and when the client ends', () => {
  const { heard, conversation, say } = overhear('upgrade-403');
  say('up', 'GET / HTTP/1.1\r\nA:');
  expect(heard.up).toBe('');
  conversation.upEnds();
  expect(heard.up).toBe('GET / HTTP/1.1\r\nA:');
  const endless = overhear('upgrade-403');
  const long = `GET /${'a'.repeat(70_000)}`;
  endless.say('up', long);
  expect(endless.heard.up).toBe(long);
});

test.each([
  ['upgrade-403', 'HTTP/1.1 403 Forbidden\r\n'],
  ['upgrade-200', 'HTTP/1.1 200 OK\r\n'],
] satisfies [LinkFault, string][])(
  '%s answers an upgrade behind other requests, once these are answered',
  (fault, status) => {
    const before = POST + CHUNKED_POST + PLAIN;
    const answers = ANSWER + BARE + STREAM + chunks('x');
    for (const pieces of cuttings(before + UPGRADE + PLAIN)) {
      const { heard, say } = overhear(fault);
      for (const piece of pieces) if (piece !== '') say('up', piece);
      expect(heard.up).toBe(before);
      for (const part of [answers.slice(0, -1), answers.slice(-1)]) {
        expect(heard.down.length).toBeLessThan(answers.length);
        say('down', part);
      }
      expect(heard.down.slice(0, answers.length + status.length)).toBe(answers + status);
      expect(heard.ended).toBe(true);
      const { length } = heard.down;
      say('down', ANSWER);
      expect(heard.down.length).toBe(length);
    }
  },
);

test('a refusal is an answer that its client can read', () => {
  const { heard, say } = overhear('upgrade-403');
  say('up', UPGRADE);
  const [head = '', body = ''] = heard.down.split('\r\n\r\n');
  expect(Number(/content-length: (\d+)/i.exec(head)?.[1])).toBe(body.length);
  expect(heard.up).toBe('');
});

test('upgrade-dropped swallows the request and all that follows, and tells nothing', () => {
  const { heard, standing, say } = overhear('upgrade-dropped');
  say('up', PLAIN);
  say('down', ANSWER);
  say('up', UPGRADE);
  standing.set('upgrade-dropped', false);
  say('up', PLAIN);
  expect(heard).toMatchObject({ up: PLAIN, down: ANSWER, ended: false, lost: true });
});

test('a WebSocket that was asked for before the fault and granted after it began is cut', () => {
  const { heard, conversation, standing, say } = overhear();
  say('up', UPGRADE);
  expect(conversation.isUpgraded).toBe(false);
  standing.set('upgrade-403', true);
  say('down', SWITCHED);
  expect(conversation.isUpgraded).toBe(true);
  expect(heard.cuts).toBe(1);
});

test('buffering holds the chunks of an answer until there are 8 KiB, its end, or the end of the fault', () => {
  const { heard, conversation, standing, say } = overhear('buffering');
  say('up', PLAIN + PLAIN + PLAIN);
  for (const letter of `${STREAM}5\r\nearly\r\n`) say('down', letter);
  expect(heard.down).toBe(STREAM);
  const enough = `2000\r\n${'y'.repeat(0x2000)}`;
  say('down', enough);
  expect(heard.down).toBe(`${STREAM}5\r\nearly\r\n${enough}`);
  say('down', '\r\n4\r\nlate\r\n0\r\n\r');
  expect(heard.down.endsWith('y')).toBe(true);
  say('down', `\n${ANSWER}${STREAM}5\r\nhello`);
  expect(heard.down.endsWith(`y\r\n4\r\nlate\r\n0\r\n\r\n${ANSWER}${STREAM}`)).toBe(true);
  standing.set('buffering', false);
  conversation.release();
  expect(heard.down.endsWith(`${STREAM}5\r\nhello`)).toBe(true);
  say('down', '\r\n');
  expect(heard.down.endsWith('hello\r\n')).toBe(true);
});
