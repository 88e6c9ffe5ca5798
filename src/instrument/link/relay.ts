import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import type { LinkCost } from '../../measurements.ts';
import { seededRandom } from '../../random.ts';
import { nowNs } from '../clock.ts';
import { DelayLine, type Lane } from './delay-line.ts';
import { Departures } from './departures.ts';
import { Flow } from './flow.ts';
import type { RelayStart, Target } from './protocol.ts';
import { Way } from './way.ts';

const LISTEN_BACKLOG = 4096;
/** Where clients cannot have addresses of their own, all have this one. */
const NOBODYS_ADDRESS = '127.0.0.1';

/** Bytes under way: in all, and within these bounds for one direction of one connection. */
const ALLOWED_BYTES = { all: 512 << 20, least: 64 << 10, most: 4 << 20 };

// Every far socket reads into it, one after the other; what is kept is copied.
const shared = Buffer.alloc(64 << 10);

/** Both ways of one client's link, and how many connections pass it. */
interface Client {
  readonly up: Lane;
  readonly down: Lane;
  connections: number;
}

/** Stands in for a server at a distance: bytes pass untouched, in order, and late by what the link says. */
export class Relay {
  readonly way: Way;
  readonly departures = new Departures();
  readonly #random: () => number;
  readonly #servers: readonly Server[];
  readonly #clients = new Map<string, Client>();
  #connections = 0;

  constructor({ targets, link, seed }: RelayStart) {
    this.way = new Way(link);
    this.#random = seededRandom(seed);
    this.#servers = targets.map((target) =>
      createServer({ allowHalfOpen: true, noDelay: true }, (near) => this.#accept(near, target)),
    );
  }

  /** Listens on a free loopback port for each target and tells which. */
  async listen(): Promise<number[]> {
    await this.departures.ready;
    return Promise.all(this.#servers.map(listen));
  }

  get cost(): LinkCost {
    return { ...this.departures.lateness, connections: this.#connections };
  }

  #accept(near: Socket, target: Target): void {
    const address = near.remoteAddress;
    // Without one the client has already gone.
    if (address === undefined) return void near.destroy();
    const client = this.#enter(near, address);
    const far = connect({
      ...target,
      // The client's own, so that ports last as long as they do for the clients.
      localAddress: address,
      allowHalfOpen: true,
      noDelay: true,
      onread: {
        buffer: shared,
        callback: (bytes) => {
          down.take(Buffer.from(shared.subarray(0, bytes)));
          return true;
        },
      },
    });
    // Whatever broke, the other side is told by a reset.
    near.on('error', () => undefined);
    far.on('error', () => undefined);
    // The kernel has accepted at once; over the distance the client may send after one round trip, the server after one and a half.
    const acceptedNs = nowNs();
    const line = (lane: Lane, ways: number) =>
      new DelayLine(this.way, lane, acceptedNs + ways * this.way.oneWayNs, this.#random);
    const allowance = () => this.#allowance();
    const up = new Flow(near, far, line(client.up, 2), this.departures, allowance);
    const down = new Flow(far, near, line(client.down, 3), this.departures, allowance);
    near.on('data', (bytes) => up.take(bytes));
  }

  #enter(near: Socket, address: string): Client {
    const known = address === NOBODYS_ADDRESS ? undefined : this.#clients.get(address);
    const client = known ?? { up: { freeNs: 0 }, down: { freeNs: 0 }, connections: 0 };
    this.#clients.set(address, client);
    client.connections += 1;
    this.#connections += 1;
    near.once('close', () => {
      client.connections -= 1;
      this.#connections -= 1;
      if (client.connections === 0) this.#clients.delete(address);
    });
    return client;
  }

  /** The more connections there are, the less each may have under way. */
  #allowance(): number {
    const { all, least, most } = ALLOWED_BYTES;
    return Math.min(most, Math.max(least, all / (2 * this.#connections)));
  }
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host: '127.0.0.1', port: 0, backlog: LISTEN_BACKLOG }, () =>
      resolve(portOf(server.address())),
    );
  });
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('the relay has no TCP port');
  return address.port;
}
