import type { Message, Peer, ServerSide } from '../../contracts.ts';
import type { ResolvedScenario } from '../../measurements.ts';
import { messageMaker, type Stamp, sourceOf } from '../../message.ts';
import { refused } from '../admission.ts';
import type { ServerHalf } from '../application.ts';
import { reply } from '../plain.ts';
import { SLOW_BYTES } from './channels.ts';
import { readTake, taken } from './talk.ts';

interface Channel {
  readonly room: string;
  readonly make: (stamp: Stamp) => Message;
  /** Connections that hear it, and the number of its next message. */
  listeners: number;
  number: number;
}

/** Publishes to one channel after the other; a channel is a room. */
export class MultiplexServer implements ServerHalf {
  readonly #channels: readonly Channel[];
  /** Tagged messages share a connection; otherwise each is for the channel that the client takes it for. */
  readonly #shared: boolean;
  readonly #taken = new Map<Peer, Channel>();

  readonly app: ServerHalf['app'] = {
    opened: (peer) => {
      if (this.#shared) for (const channel of this.#channels) enter(peer, channel);
    },
    received: (peer, message, answer) => {
      reply(peer, this.#take(peer, message), answer);
    },
    closed: (peer) => {
      const own = this.#taken.get(peer);
      this.#taken.delete(peer);
      for (const channel of this.#shared ? this.#channels : own ? [own] : []) channel.listeners -= 1;
    },
  };

  constructor({ channels, multiplex, slowChannel, payloadBytes, payloadKind }: ResolvedScenario) {
    this.#shared = multiplex === 'tagged';
    const usual = messageMaker(payloadBytes, payloadKind);
    const slow = slowChannel ? messageMaker(SLOW_BYTES, payloadKind) : usual;
    this.#channels = Array.from({ length: channels }, (_, index) => {
      return { room: String(index), make: index === 0 ? slow : usual, listeners: 0, number: 0 };
    });
  }

  publish(side: ServerSide, { sequence, dueUs }: Stamp): number {
    const index = sequence % this.#channels.length;
    const channel = this.#channels[index];
    if (channel === undefined) return 0;
    const stamp = { source: sourceOf(index), sequence: channel.number++, dueUs };
    side.publish(channel.room, channel.make(stamp));
    return channel.listeners;
  }

  #take(peer: Peer, message: Message): string {
    if (this.#shared) return refused('this connection is for all channels');
    const index = readTake(message, this.#channels.length);
    if (typeof index === 'string') return refused(index);
    const channel = this.#channels[index];
    const own = this.#taken.get(peer);
    if (channel === undefined || (own !== undefined && own !== channel)) {
      return refused(`this connection is for channel ${own?.room}`);
    }
    if (own === undefined) {
      this.#taken.set(peer, channel);
      enter(peer, channel);
    }
    return taken(index);
  }
}

function enter(peer: Peer, channel: Channel): void {
  channel.listeners += 1;
  peer.join(channel.room);
}
