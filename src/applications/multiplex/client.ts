import type { Connection, Message } from '../../contracts.ts';
import type { ResolvedScenario } from '../../measurements.ts';
import { numberOfSource } from '../../message.ts';
import { Admission } from '../admission.ts';
import type { Beside, ClientHalf, Heard, Part } from '../application.ts';
import { hearPlain } from '../plain.ts';
import { TAKEN, take } from './talk.ts';

/** Clients that hear all channels over one connection, or each over its own. */
export function multiplexClient({ channels, multiplex }: ResolvedScenario): ClientHalf {
  if (multiplex === 'tagged') {
    const isOne = (channel: number) => channel >= 0 && channel < channels;
    return { part: () => ({ hear: (message) => hearChannel(message, isOne) }) };
  }
  return {
    part() {
      const parts = Array.from({ length: channels - 1 }, (_, index) => new Listener(index + 1));
      return new Listener(0, { parts, over: multiplex });
    },
  };
}

/** Hears one channel over a connection of its own. */
class Listener implements Part {
  readonly beside: Beside | undefined;
  readonly #channel: number;
  readonly #admission = new Admission(TAKEN, 'Taking a channel');

  constructor(channel: number, beside?: Beside) {
    this.#channel = channel;
    this.beside = beside;
  }

  enter(connection: Connection): Promise<void> {
    return this.#admission.seek(connection, take(this.#channel));
  }

  hear(message: Message): Heard {
    if (this.#admission.hears(message)) return 'aside';
    return hearChannel(message, (channel) => channel === this.#channel);
  }
}

function hearChannel(message: Message, isMine: (channel: number) => boolean): Heard {
  const heard = hearPlain(message);
  if (typeof heard === 'string') return heard;
  const channel = numberOfSource(heard.stamp.source);
  return isMine(channel) ? { ...heard, channel } : 'misdirected';
}
