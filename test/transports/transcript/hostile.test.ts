import { describe, expect, it } from 'vitest';
import type { Sent } from '../../../src/contracts.ts';
import { transports } from '../../../src/transports/index.ts';
import { converse } from './conversations.ts';
import { annotateOf, checked } from './recording.ts';

/** Conversations are changed in so many ways, and connections cut at so many places. */
const CHANGES = 60;
const MOST_CUTS = 200;
/** So much of each connection says all that is said in it. */
const PIECES = 40;

describe.each(transports)('$name, whatever comes', (transport) => {
  it('loses no byte and never throws: cut anywhere, in any pieces, changed anyhow', async () => {
    const annotate = await annotateOf(transport);
    const random = seeded(transport.name.length);
    for (const whole of await converse(transport)) {
      const sent = whole.slice(0, PIECES);
      const total = sent.reduce((sum, { bytes }) => sum + bytes.length, 0);
      const step = Math.max(1, Math.floor(total / MOST_CUTS));
      for (let cut = 0; cut < total; cut += step) checked(annotate, cutAfter(sent, cut));
      const titles = annotate(sent).map(({ way, title }) => `${way} ${title}`);
      const again = annotate(repieced(sent, () => 1 + Math.floor(random() * 40)));
      expect(again.map(({ way, title }) => `${way} ${title}`).toSorted()).toEqual(titles.toSorted());
      for (let change = 0; change < CHANGES; change++) checked(annotate, changed(sent, random));
    }
  });

  it('takes what is no conversation at all', async () => {
    const annotate = await annotateOf(transport);
    const random = seeded(7);
    expect(annotate([])).toEqual([]);
    for (let size = 1; size < 300; size += 7) {
      const bytes = Buffer.from(Array.from({ length: size }, () => Math.floor(random() * 256)));
      checked(annotate, [
        { way: 'down', bytes },
        { way: 'up', bytes: Buffer.from('\x1b]0;owned\x07\x1b[2J\u202e') },
      ]);
      checked(annotate, [{ way: 'up', bytes }]);
    }
  });
});

/** The first so many bytes, as a connection that breaks leaves them. */
function cutAfter(sent: readonly Sent[], bytes: number): Sent[] {
  let left = bytes;
  return sent.map((piece) => {
    const kept = piece.bytes.subarray(0, left);
    left -= kept.length;
    return { way: piece.way, bytes: kept };
  });
}

/** The same bytes in other pieces. */
function repieced(sent: readonly Sent[], next: () => number): Sent[] {
  return sent.flatMap(({ way, bytes }) => {
    const pieces: Sent[] = [];
    for (let at = 0; at < bytes.length; ) {
      const size = next();
      pieces.push({ way, bytes: bytes.subarray(at, at + size) });
      at += size;
    }
    return pieces;
  });
}

/** Something is changed in one piece or in several: bytes turned, cut out, doubled, given to the other side. */
function changed(sent: readonly Sent[], random: () => number): Sent[] {
  const below = (most: number) => Math.floor(random() * most);
  const place = below(sent.length);
  return sent.flatMap((piece, index) => {
    if (index !== place && random() > 0.05) return [piece];
    const bytes = Buffer.from(piece.bytes);
    const from = below(bytes.length);
    const to = from + below(bytes.length - from);
    const kind = below(6);
    if (kind === 0) for (let count = 0; count < 5; count++) bytes[below(bytes.length)] = below(256);
    if (kind === 1)
      return [{ way: piece.way, bytes: Buffer.concat([bytes.subarray(0, from), bytes.subarray(to)]) }];
    if (kind === 2) return [piece, { way: piece.way, bytes: bytes.subarray(from, to) }];
    if (kind === 3) return [{ way: piece.way === 'up' ? 'down' : 'up', bytes }];
    if (kind === 4) return [];
    if (kind === 5) bytes.fill(SPITE[below(SPITE.length)] ?? 0, from, Math.min(to, from + 8));
    return [{ way: piece.way, bytes }];
  });
}

/** Bytes that mean something somewhere. */
const SPITE = [...'\r\n\\"[]{},:;0f4b\u001e\u001b\u007f/']
  .map((letter) => letter.charCodeAt(0))
  .concat(0xff, 0x80, 0xed);

function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
