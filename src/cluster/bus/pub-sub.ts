import type { RedisLines, Way } from '../redis/lines.ts';
import type { Bus, Heard } from './bus.ts';
import { decodeFrame, encodeFrame } from './frame.ts';

/** A bus over one channel of Redis; a node hears its own messages too, and lets them pass. */
export async function openPubSub(
  lines: RedisLines,
  { node, key, way }: { readonly node: number; readonly key: string; readonly way: Way },
  heard: Heard,
): Promise<Bus> {
  const listen = (bytes: Uint8Array) => {
    const frame = decodeFrame(bytes);
    if (frame.node !== node) heard(frame.room, frame.message);
  };
  await lines.subscribe(key, listen, way);
  return {
    publish: (room, message) => void lines.publish(key, encodeFrame({ node, room, message }), way),
    close: () => lines.close(),
  };
}
