import type { ClientHalf, Part } from '../applications/index.ts';
import type { ClientOptions, Connect, Connection, TransportOptions } from '../contracts.ts';
import { messageOf, RtbenchError } from '../errors.ts';
import { nowNs, within } from '../instrument/clock.ts';
import { hasObstacle } from '../plan/fields/cluster.ts';
import { hasStanding } from '../plan/fields/faults.ts';
import { seededRandom } from '../stats/random.ts';
import { earsOf, type Fate } from './ears.ts';
import { asOne, openLanes } from './lanes.ts';
import type { ClientsStart, ConnectShare, Wave } from './protocol.ts';
import type { Listener } from './recording/recorder.ts';
import type { Trouble } from './recording/trouble.ts';
import { Returning } from './returning.ts';

/** Client `index`'s own address: ports never run out, and a relay tells clients apart. Only Linux answers on all of 127.0.0.0/8. */
export function addressOf(index: number): string {
  if (process.platform !== 'linux') return '127.0.0.1';
  const host = 2 + (index % 253);
  const net = Math.floor(index / 253);
  return `127.${(net >> 8) & 255}.${net & 255}.${host}`;
}

/** Takes in what one client hears in one of its parts. */
type Listen = (part: Part, index: number) => Listener;

/** One client, whichever connection it has: its number, what it does, and who listens to each part of that. */
class Client {
  readonly index: number;
  readonly part: Part;
  readonly #listen: Listen;
  #listener: Listener | undefined;
  #others: Map<Part, Listener> | undefined;

  constructor(index: number, part: Part, listen: Listen) {
    this.index = index;
    this.part = part;
    this.#listen = listen;
  }

  /** The same each time; most clients have one part, which takes no map. */
  listenerOf(part: Part): Listener {
    if (part === this.part) {
      this.#listener ??= this.#listen(part, this.index);
      return this.#listener;
    }
    this.#others ??= new Map();
    const made = this.#others.get(part) ?? this.#listen(part, this.index);
    this.#others.set(part, made);
    return made;
  }
}

/** A client that is there. */
export interface Member {
  readonly index: number;
  readonly part: Part;
  readonly connection: Connection;
}

/** Where clients come in, and who takes in what they hear. */
interface Entrance {
  readonly urls: readonly URL[];
  readonly options: TransportOptions;
  readonly listen: Listen;
}

/** How far a connection that is being made has come. */
interface Comer {
  isIn: boolean;
  isOver: boolean;
}

/** How long the first attempt may take of whoever something is in the way of. */
const LONGEST_FIRST_MS = 5000;

/** One process's clients. */
export class Fleet {
  readonly #connect: Connect;
  readonly #half: ClientHalf;
  readonly #start: ClientsStart;
  readonly #trouble: Trouble | null;
  readonly #returning: Returning;
  readonly members = new Map<number, Member>();
  readonly dropped: Record<string, number> = {};
  /** Where nobody comes back a connection that breaks is only counted. */
  readonly #lost: Fate = {
    closed: (why) => {
      this.dropped[why] = (this.dropped[why] ?? 0) + 1;
    },
  };
  #entrance: Entrance | undefined;

  /** With `trouble` to tell, clients whose connection is over come back. */
  constructor(connect: Connect, half: ClientHalf, start: ClientsStart, trouble: Trouble | null = null) {
    this.#connect = connect;
    this.#half = half;
    this.#start = start;
    this.#trouble = trouble;
    this.#returning = new Returning(start.scenario.seed, (index) => trouble?.failed(index));
  }

  /** How many clients it has, those included that are on their way back. */
  get size(): number {
    return this.members.size + this.#returning.count;
  }

  /** Opens one wave at once and waits until all of it that can be is open and takes part. */
  async open({ urls, indexes, options }: Wave, listen: Listen): Promise<ConnectShare> {
    const firstAttemptNs = nowNs();
    const entrance = { urls: urls.map((url) => new URL(url)), options, listen };
    this.#entrance = entrance;
    const refused: Record<string, number> = {};
    const came = await Promise.all(
      indexes.map((index) => this.#comeFirst(this.#newClient(index, entrance), entrance, refused)),
    );
    return {
      latenciesMs: came.filter((latencyMs) => latencyMs !== undefined),
      refused,
      firstAttemptNs,
      lastSuccessNs: nowNs(),
    };
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

  /** A client that has left comes in again, as another that knows nothing; answers how long its connection took. */
  comeBack(index: number): Promise<number> {
    if (this.#entrance === undefined) throw new Error('a client that was never there cannot come back');
    return this.#come(this.#newClient(index, this.#entrance), this.#entrance);
  }

  carrying(): Record<string, number> {
    const counts: Record<string, number> = {};
    for (const { connection } of this.members.values()) {
      counts[connection.carrying] = (counts[connection.carrying] ?? 0) + 1;
    }
    return counts;
  }

  async close(): Promise<void> {
    await this.#returning.stop();
    await Promise.all([...this.members.keys()].map((index) => this.leave(index)));
  }

  #newClient(index: number, { listen }: Entrance): Client {
    return new Client(index, this.#half.part(index), listen);
  }

  /**
   * Where a fault is in the way before anyone comes, whoever cannot come in at first goes on trying; whom a balancer
   * keeps away stays out, or comes late.
   */
  async #comeFirst(
    client: Client,
    entrance: Entrance,
    refused: Record<string, number>,
  ): Promise<number | undefined> {
    const { scenario } = this.#start;
    if (hasObstacle(scenario)) {
      try {
        // Where that takes longer it goes on all the same.
        const openMs = await within(LONGEST_FIRST_MS, this.#come(client, entrance));
        if (openMs === undefined)
          throw new RtbenchError('timeout', `Not connected after ${LONGEST_FIRST_MS} ms`);
        return openMs;
      } catch (error) {
        const why = messageOf(error);
        refused[why] = (refused[why] ?? 0) + 1;
        return undefined;
      }
    }
    if (this.#trouble === null || !hasStanding(scenario)) return this.#come(client, entrance);
    try {
      return await this.#come(client, entrance, AbortSignal.timeout(LONGEST_FIRST_MS));
    } catch {
      this.#trouble.noticed(client.index);
      this.#trouble.failed(client.index);
      this.#bringBack(client, entrance);
      return undefined;
    }
  }

  #bringBack(client: Client, entrance: Entrance): void {
    const { index } = client;
    this.#returning.begin(index, async (signal) => {
      await this.#come(client, entrance, signal);
      this.#trouble?.back(index, false);
    });
  }

  async #come(client: Client, entrance: Entrance, signal?: AbortSignal): Promise<number> {
    const { index, part } = client;
    const { urls, options } = entrance;
    const startNs = nowNs();
    const url = urls[index % urls.length];
    if (url === undefined) throw new Error('nowhere to connect to');
    const own = { ...this.#optionsOf(index, options), ...(signal !== undefined && { signal }) };
    const comer: Comer = { isIn: false, isOver: false };
    const lanes = await openLanes(part, (one, beside) => {
      const events = earsOf(client.listenerOf(one), this.#fateOf(client, entrance, comer));
      return beside?.(events) ?? this.#connect(url, events, own);
    });
    const openMs = (nowNs() - startNs) / 1e6;
    if (comer.isOver) throw new RtbenchError('connect', `The connection to ${url} was lost as it was made`);
    comer.isIn = true;
    this.members.set(index, { index, part, connection: asOne(lanes) });
    await Promise.all(lanes.map((lane) => lane.part.enter?.(lane.connection)));
    return openMs;
  }

  /** What is done when a connection breaks: it is counted as lost or, where that is to be expected, replaced. */
  #fateOf(client: Client, entrance: Entrance, comer: Comer): Fate {
    const trouble = this.#trouble;
    if (trouble === null) return this.#lost;
    const { index } = client;
    return {
      interrupted: () => trouble.noticed(index),
      resumed: (whole) => trouble.back(index, whole),
      closed: () => {
        comer.isOver = true;
        if (!comer.isIn) return;
        trouble.noticed(index);
        this.members.delete(index);
        this.#bringBack(client, entrance);
      },
    };
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
