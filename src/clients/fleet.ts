import type { ClientOptions, Connect, Connection, Message, TransportOptions } from '../contracts.ts';
import { nowNs } from '../instrument/clock.ts';
import { seededRandom } from '../stats/random.ts';
import type { ClientsStart, ConnectShare, Wave } from './protocol.ts';

/** Client `index`'s own address: ports never run out, and a relay tells clients apart. Only Linux answers on all of 127.0.0.0/8. */
export function addressOf(index: number): string {
  if (process.platform !== 'linux') return '127.0.0.1';
  const host = 2 + (index % 253);
  const net = Math.floor(index / 253);
  return `127.${(net >> 8) & 255}.${net & 255}.${host}`;
}

/** One process's open clients. */
export class Fleet {
  readonly #connect: Connect;
  readonly #start: ClientsStart;
  readonly #connections: Connection[] = [];
  readonly dropped: Record<string, number> = {};

  constructor(connect: Connect, start: ClientsStart) {
    this.#connect = connect;
    this.#start = start;
  }

  /** Opens one wave at once and waits until all of it is open. */
  async open(
    { url, indexes, options }: Wave,
    listener: () => (message: Message) => void,
  ): Promise<ConnectShare> {
    const firstAttemptNs = nowNs();
    const latenciesMs = await Promise.all(
      indexes.map(async (index) => {
        const startNs = nowNs();
        await this.#openOne(new URL(url), this.#optionsOf(index, options), listener());
        return (nowNs() - startNs) / 1e6;
      }),
    );
    return { latenciesMs, firstAttemptNs, lastSuccessNs: nowNs() };
  }

  carrying(): Record<string, number> {
    const counts: Record<string, number> = {};
    for (const { carrying } of this.#connections) counts[carrying] = (counts[carrying] ?? 0) + 1;
    return counts;
  }

  async close(): Promise<void> {
    await Promise.all(this.#connections.splice(0).map((connection) => connection.close()));
  }

  async #openOne(url: URL, options: ClientOptions, message: (message: Message) => void): Promise<void> {
    const closed = (why: string) => {
      this.dropped[why] = (this.dropped[why] ?? 0) + 1;
    };
    this.#connections.push(await this.#connect(url, { message, closed }, options));
  }

  #optionsOf(index: number, options: TransportOptions): ClientOptions {
    const { ca, seed } = this.#start;
    return {
      ...options,
      ...(ca === null ? {} : { ca }),
      localAddress: addressOf(index),
      random: seededRandom(seed + index),
    };
  }
}
