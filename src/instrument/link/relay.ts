import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import type { LinkCost } from '../../measurements.ts';
import { seededRandom } from '../../random.ts';
import { nowNs } from '../clock.ts';
import { Connection, type Crossing } from './connection/connection.ts';
import { Tap } from './connection/tap.ts';
import { DelayLine, type Lane } from './delay-line.ts';
import { Departures } from './departures.ts';
import { isLookingIn } from './faults/names.ts';
import { Standing } from './faults/standing.ts';
import { turn } from './faults/turns.ts';
import type { Crossed, FaultTurn, RelayStart, Tapped, Target } from './protocol.ts';
import { Way } from './way.ts';

const LISTEN_BACKLOG = 4096;
/** Where clients cannot have addresses of their own, all have this one. */
const NOBODYS_ADDRESS = '127.0.0.1';

/** Bytes under way: in all, and within these bounds for one direction of one connection. */
const ALLOWED_BYTES = { all: 512 << 20, least: 64 << 10, most: 4 << 20 };

/** Both ways of one client's link, and how many connections pass it. */
interface Client {
  readonly address: string;
  readonly up: Lane;
  readonly down: Lane;
  connections: number;
}

/** One target, where it stands among them, and what its connections come to. */
interface Goal {
  readonly target: Target;
  readonly place: number;
  readonly crossing: Crossing;
}

/** Stands in for a server at a distance: bytes pass untouched, in order, and late by what the link says. */
export class Relay {
  readonly way: Way;
  readonly departures = new Departures();
  readonly #random: () => number;
  readonly #servers: readonly Server[];
  readonly #clients = new Map<string, Client>();
  readonly #standing = new Standing();
  readonly #open = new Set<Connection>();
  readonly #taps: Tap[] = [];
  readonly #looksIn: boolean;
  readonly #tapBytes: number;
  readonly #host: string;
  readonly #goals: readonly Goal[];
  #connections = 0;

  constructor({ targets, link, seed, looksIn, tapBytes, host = '127.0.0.1' }: RelayStart) {
    this.#host = host;
    this.#goals = targets.map((target, place) => {
      return { target, place, crossing: { connections: 0, opened: 0, bytesUp: 0, bytesDown: 0 } };
    });
    this.way = new Way(link);
    this.#looksIn = looksIn;
    this.#tapBytes = tapBytes;
    this.#random = seededRandom(seed);
    this.#servers = this.#goals.map((goal) =>
      createServer({ allowHalfOpen: true, noDelay: true }, (near) => this.#accept(near, goal)),
    );
  }

  /** Listens on a free port for each target and tells which. */
  async listen(): Promise<number[]> {
    await this.departures.ready;
    return Promise.all(this.#servers.map((server) => listen(server, this.#host)));
  }

  get cost(): LinkCost {
    return { ...this.departures.lateness, connections: this.#connections };
  }

  /** Lets a fault begin or end. */
  fault(change: FaultTurn): void {
    if (isLookingIn(change.fault) && !this.#looksIn)
      throw new Error(`${change.fault} on a relay that does not look in`);
    turn(change, { way: this.way, standing: this.#standing, connections: this.#open });
  }

  /** What crossed, of the connections in the order in which they came. */
  get tapped(): Tapped[] {
    return this.#taps.map(({ tapped }) => tapped);
  }

  /** What each target's connections came to until now. */
  get crossed(): Crossed[] {
    return this.#goals.map(({ crossing }) => crossing);
  }

  #accept(near: Socket, goal: Goal): void {
    const address = near.remoteAddress;
    // Without one the client has already gone.
    if (address === undefined) return void near.destroy();
    // Whatever broke, the other side is told by a reset.
    near.on('error', () => undefined);
    if (this.#standing.has('link-cut')) return void near.resetAndDestroy();
    const client = this.#enter(near, address, goal.crossing);
    if (this.#standing.has('link-hole')) swallow(near);
    else this.#relay(near, goal, client);
  }

  #relay(near: Socket, { target, place, crossing }: Goal, client: Client): void {
    const { address } = client;
    // The kernel has accepted at once; over the distance the client may send after one round trip, the server after one and a half.
    const acceptedNs = nowNs();
    const passage = (lane: Lane, ways: number) => ({
      line: new DelayLine(this.way, lane, acceptedNs + ways * this.way.oneWayNs, this.#random),
      departures: this.departures,
      allowance: this.#allowance,
    });
    const connection = new Connection(near, {
      address,
      target,
      up: passage(client.up, 2),
      down: passage(client.down, 3),
      standing: this.#standing,
      looksIn: this.#looksIn,
      crossing,
      tap: this.#tap(place, address),
    });
    this.#open.add(connection);
    near.once('close', () => this.#open.delete(connection));
    if (this.#standing.stalls(address)) connection.stall(true);
  }

  #tap(target: number, address: string): Tap | null {
    if (this.#tapBytes === 0) return null;
    const tap = new Tap(target, address, this.#tapBytes);
    this.#taps.push(tap);
    return tap;
  }

  #enter(near: Socket, address: string, crossing: Crossing): Client {
    const known = address === NOBODYS_ADDRESS ? undefined : this.#clients.get(address);
    const client = known ?? { address, up: { freeNs: 0 }, down: { freeNs: 0 }, connections: 0 };
    this.#clients.set(address, client);
    client.connections += 1;
    this.#connections += 1;
    crossing.connections += 1;
    crossing.opened += 1;
    near.once('close', () => {
      client.connections -= 1;
      this.#connections -= 1;
      crossing.connections -= 1;
      if (client.connections === 0) this.#clients.delete(address);
    });
    return client;
  }

  /** The more connections there are, the less each may have under way. */
  readonly #allowance = (): number => {
    const { all, least, most } = ALLOWED_BYTES;
    return Math.min(most, Math.max(least, all / (2 * this.#connections)));
  };
}

/** A connection in a hole: the kernel has accepted it, and nothing comes back. */
function swallow(near: Socket): void {
  near.on('end', () => near.end());
  near.resume();
}

function listen(server: Server, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port: 0, backlog: LISTEN_BACKLOG }, () => resolve(portOf(server.address())));
  });
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('the relay has no TCP port');
  return address.port;
}
