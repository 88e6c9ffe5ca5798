import type { ClientEvents, Message } from '../contracts.ts';
import type { Listener } from './recording/recorder.ts';

/** How a connection breaks, comes back and ends. */
export type Fate = Omit<ClientEvents, keyof Listener>;

/** What one connection tells: messages to who listens, the rest to the fleet. There is one for each client, so it holds no closure of its own. */
class Ears implements ClientEvents {
  protected readonly listener: Listener;
  readonly #fate: Fate;

  constructor(listener: Listener, fate: Fate) {
    this.listener = listener;
    this.#fate = fate;
  }

  message(message: Message): void {
    this.listener.message(message);
  }

  closed(why: string): void {
    this.#fate.closed(why);
  }

  interrupted(why: string): void {
    this.#fate.interrupted?.(why);
  }

  resumed(whole: boolean): void {
    this.#fate.resumed?.(whole);
  }
}

class SkimmingEars extends Ears {
  skim(bytes: Buffer, start: number, end: number): void {
    this.listener.skim?.(bytes, start, end);
  }
}

/** Ears that skim where the listener does. */
export function earsOf(listener: Listener, fate: Fate): ClientEvents {
  return listener.skim === undefined ? new Ears(listener, fate) : new SkimmingEars(listener, fate);
}
