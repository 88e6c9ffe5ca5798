/** Somebody's coming or going, as the page says it in its own language; `text` where it is anything else. */
export type Notice =
  | { readonly type: 'came' | 'left'; readonly name: string; readonly count: number }
  | { readonly type: 'other'; readonly text: string };

/** Why the server refused, as the page says it in its own language; `text` where it is anything else. */
export type Refusal =
  | { readonly type: (typeof REFUSALS)[number][0]; readonly limit: number }
  | { readonly type: 'other'; readonly text: string };

const NOTICE = /^(.*) has (come|left); (\d+) are here$/su;

/** What the server says, and what it means. */
const REFUSALS = [
  ['inside', /^you are in room /u],
  ['outside', /^you are in no room$/u],
  ['taken', /^somebody in room .* is called .* already$/su],
  ['rooms-many', /^there are too many rooms already$/u],
  ['room-full', /^room .* is full$/su],
  ['room-empty', /^a room is not empty$/u],
  ['name-empty', /^a name is not empty$/u],
  ['room-long', /^a room has at most (\d+) characters$/u],
  ['name-long', /^a name has at most (\d+) characters$/u],
  ['room-unfit', /^a room has no control characters$/u],
  ['name-unfit', /^a name has no control characters$/u],
  ['text-empty', /^there is nothing to say$/u],
  ['text-bytes', /^a message has at most (\d+) bytes$/u],
  ['text-long', /^a message has at most (\d+) characters$/u],
  ['too-fast', /^not so fast$/u],
] as const;

/** Makes out a notice by the server's words. */
export function readNotice(text: string): Notice {
  const [, name = '', way, count] = NOTICE.exec(text) ?? [];
  if (way === undefined) return { type: 'other', text };
  return { type: way === 'come' ? 'came' : 'left', name, count: Number(count) };
}

/** Makes out a refusal by the server's words. */
export function readRefusal(text: string): Refusal {
  for (const [type, words] of REFUSALS) {
    const found = words.exec(text);
    if (found !== null) return { type, limit: Number(found[1] ?? 0) };
  }
  return { type: 'other', text };
}
