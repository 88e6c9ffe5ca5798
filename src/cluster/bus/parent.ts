import type { Bus, Heard } from './bus.ts';

/** Marks what is for the other nodes among all that passes between processes. */
const SOURCE = 'rtbench-bus';

/** A bus through the parent process, which passes on to the other nodes what no call of its own is answered by. */
export function openParentBus(heard: Heard): Bus {
  const listen = (passed: unknown) => {
    if (typeof passed !== 'object' || passed === null) return;
    if (!('source' in passed && passed.source === SOURCE && 'room' in passed && 'message' in passed)) return;
    const { room, message } = passed;
    if (typeof room !== 'string') return;
    if (typeof message === 'string' || message instanceof Uint8Array) heard(room, message);
  };
  process.on('message', listen);
  return {
    publish: (room, message) => void process.send?.({ source: SOURCE, room, message }, () => undefined),
    close: () => void process.off('message', listen),
  };
}
