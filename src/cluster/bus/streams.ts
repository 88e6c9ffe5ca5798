import { setTimeout as sleep } from 'node:timers/promises';
import type { RedisLines } from '../redis/lines.ts';
import type { Bus, Heard } from './bus.ts';
import { decodeFrame, encodeFrame } from './frame.ts';

/** How long to leave a Redis alone that could not be read. */
const PAUSE_MS = 100;

/** A bus over one stream of Redis: each node reads on from where it is, also after Redis was away. */
export async function openStreams(
  lines: RedisLines,
  { node, key }: { readonly node: number; readonly key: string },
  heard: Heard,
): Promise<Bus> {
  let isOpen = true;
  let newest = await lines.newest(key);
  const follow = async () => {
    while (isOpen) {
      const entries = await lines.after(key, newest).catch(() => sleep(PAUSE_MS, []));
      for (const { id, bytes } of entries) {
        newest = id;
        const frame = decodeFrame(bytes);
        if (frame.node !== node) heard(frame.room, frame.message);
      }
    }
  };
  void follow();
  return {
    publish: (room, message) => void lines.append(key, encodeFrame({ node, room, message })),
    close() {
      isOpen = false;
      lines.close();
    },
  };
}
