import type { ClientHalf, Part } from '../applications/index.ts';
import type {
  ClientEvents,
  ClientOptions,
  Connect,
  Connection,
  Message,
  TransportOptions,
} from '../contracts.ts';
import { nowNs } from '../instrument/clock.ts';
import { seededRandom } from '../stats/random.ts';
import { asOne, openLanes } from './lanes.ts';
import type { ClientsStart, ConnectShare, Wave } from './protocol.ts';

/** Client `index`'s own address: ports never run out, and a relay tells clients apart. Only Linux answers on all of 127.0.0.0/8. */
export function addressOf(index: number): string {
  if (process.platform !== 'linux') return '127.0.0.1';
  const host = 2 + (index % 253);
  const net = Math.floor(index / 253);
  return `127.${(net >> 8) & 255}.${net & 255}.${host}`;
}

/** One open client: its number, its connection, and what it does there. */
export interface Member {
  readonly index: number;
  readonly connection: Connection;
  readonly part: Part;
}

/** Where clients come in, and who takes in what they hear. */
interface Entrance {
  readonly urls: readonly URL[];
  readonly options: TransportOptions;
  readonly listener: (part: Part) => (message: Message) => void;
}

/** One process's open clients. */
export class Fleet {
  readonly #connect: Connect;
  readonly #half: ClientHalf;
  readonly #start: ClientsStart;
  readonly members = new Map<number, Member>();
  readonly dropped: Record<string, number> = {};
  #entrance: Entrance | undefined;

  constructor(connect: Connect, half: ClientHalf, start: ClientsStart) {
    this.#connect = connect;
    this.#half = half;
    this.#start = start;
  }

  /** Opens one wave at once and waits until all of it is open and takes part. */
  async open(
    { urls, indexes, options }: Wave,
    listener: (part: Part) => (message: Message) => void,
  ): Promise<ConnectShare> {
    const firstAttemptNs = nowNs();
    const entrance = { urls: urls.map((url) => new URL(url)), options, listener };
    this.#entrance = entrance;
    const latenciesMs = await Promise.all(indexes.map((index) => this.#come(index, entrance)));
    return { latenciesMs, firstAttemptNs, lastSuccessNs: nowNs() };
  }

  /** That client leaves in good order. */
  async leave(index: number): Promise<void> {
    const member = this.members.get(index);
    this.members.delete(index);
    await member?.part.leave?.(member.connection);
    await member?.connection.close();
  }

  /** That client is gone without a word. */
  async vanish(index: number): Promise<void> {
    const member = this.members.get(index);
    this.members.delete(index);
    await member?.part.vanish?.(member.connection);
  }

  /** A client that has left comes in again, as the newcomer it is; answers how long its connection took. */
  comeBack(index: number): Promise<number> {
    if (this.#entrance === undefined) throw new Error('a client that was never there cannot come back');
    return this.#come(index, this.#entrance);
  }

  carrying(): Record<string, number> {
    const counts: Record<string, number> = {};
    for (const { connection } of this.members.values()) {
      counts[connection.carrying] = (counts[connection.carrying] ?? 0) + 1;
    }
    return counts;
  }

  async close(): Promise<void> {
    await Promise.all([...this.members.keys()].map((index) => this.leave(index)));
  }

  async #come(index: number, { urls, options, listener }: Entrance): Promise<number> {
    const startNs = nowNs();
    const url = urls[index % urls.length];
    if (url === undefined) throw new Error('nowhere to connect to');
    const part = this.#half.part(index);
    const own = this.#optionsOf(index, options);
    const lanes = await openLanes(part, (one, beside) => {
      const events = this.#eventsFor(listener(one));
      return beside?.(events) ?? this.#connect(url, events, own);
    });
    const openMs = (nowNs() - startNs) / 1e6;
    this.members.set(index, { index, connection: asOne(lanes), part });
    await Promise.all(lanes.map((lane) => lane.part.enter?.(lane.connection)));
    return openMs;
  }

  #eventsFor(message: ClientEvents['message']): ClientEvents {
    const closed = (why: string) => {
      this.dropped[why] = (this.dropped[why] ?? 0) + 1;
    };
    return { message, closed };
  }

  #optionsOf(index: number, options: TransportOptions): ClientOptions {
    const { ca, scenario } = this.#start;
    return {
      ...options,
      ...(ca === null ? {} : { ca }),
      localAddress: addressOf(index),
      random: seededRandom(scenario.seed + index),
    };
  }
}
