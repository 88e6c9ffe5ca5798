import type { Server } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { openReach, type Reach } from '../../cluster/reach.ts';
import type { App } from '../../contracts.ts';
import type { DemoTransport, LaneCount, Place } from '../../demo-talk.ts';
import { createHost, listen } from '../../server/hosting.ts';
import { findTransport } from '../../transports/index.ts';
import type { DemoReading, DemoStart, Publishing } from '../protocol.ts';
import { Chat } from './chat.ts';
import { CpuShares } from './cpu-shares.ts';
import { Door, type Room } from './door/door.ts';
import { Entrance } from './door/entrance.ts';
import { Visitors } from './door/visitors.ts';
import { Lanes } from './lanes.ts';
import { CHAT_LOG, LANE_LOG, type Mount, mount, OPTIONS } from './mount.ts';

/** A request that is sent so slowly is none. */
const REQUEST_MS = 30_000;
const MOST_CONNECTIONS = 4000;
/** Whoever has not said goodbye by then is cut off. */
const GOODBYE_MS = 700;

/** A server outlives its Redis only so. */
const PASSING_ON = { adapter: 'redis', redisClient: 'ioredis', redisErrors: 'handled' } as const;

type Count = { -readonly [Key in keyof LaneCount]: LaneCount[Key] };

/** The server with every transport on one port. */
export class DemoServer {
  readonly #start: DemoStart;
  readonly #http: Server;
  readonly #visitors = new Visitors();
  /** The chat's part is nobody's. */
  readonly #shares = new CpuShares<DemoTransport | null>();
  readonly #lanes: Lanes;
  readonly #chat: Chat;
  readonly #mounts: Mount[] = [];
  readonly #counts = new Map<DemoTransport, Pick<Count, 'clients' | 'requests' | 'emptyAnswers'>>();

  constructor(start: DemoStart) {
    this.#start = start;
    this.#http = createHost(OPTIONS, null);
    this.#http.requestTimeout = REQUEST_MS;
    this.#http.maxConnections = MOST_CONNECTIONS;
    this.#lanes = new Lanes(start.firstNumber, this.#shares, this.#visitors);
    this.#chat = new Chat(this.#visitors);
  }

  /** Resolves with the port when all transports can be reached. */
  async listen(): Promise<number> {
    const { transports, hasChat, origins, port, publishing } = this.#start;
    const rooms = new Map<string, Room>();
    for (const transport of transports) {
      rooms.set(addressOf('lane', transport), await this.#openLane(transport));
      if (hasChat) rooms.set(addressOf('chat', transport), await this.#openChat(transport));
    }
    new Door(rooms, new Entrance(origins), this.#visitors).open(this.#http);
    const found = await listen(this.#http, port);
    // What it took to start is nobody's.
    this.#shares.look();
    this.set(publishing);
    return found;
  }

  set(publishing: Publishing): void {
    this.#lanes.set(publishing);
  }

  read(): DemoReading {
    this.#shares.look();
    const lanes = [...this.#counts].map(([transport, count]) => {
      return [transport, { ...count, cpuUs: Math.round(this.#shares.usedUs(transport)) }] as const;
    });
    const { published } = this.#lanes;
    return { published, refused: this.#visitors.refused, lanes: Object.fromEntries(lanes) };
  }

  /** Ends in good order, but for the process; answers with the number of the newest event. */
  async retire(): Promise<number> {
    this.#lanes.stop();
    this.#http.close();
    const goodbyes = this.#mounts.map(({ side }) => side.close());
    await Promise.race([Promise.allSettled(goodbyes), wait(GOODBYE_MS)]);
    this.#http.closeAllConnections();
    return this.#lanes.published;
  }

  async #openLane(transport: DemoTransport): Promise<Room> {
    const count = { clients: 0, requests: 0, emptyAnswers: 0 };
    this.#counts.set(transport, count);
    const work = (does: () => void) => this.#shares.work(transport, does);
    const lane = this.#lanes.app(transport);
    const app = this.#guarded({
      opened(peer) {
        count.clients += 1;
        lane.opened(peer);
      },
      received: (peer, message) => work(() => lane.received(peer, message)),
      closed(peer, why) {
        count.clients -= 1;
        lane.closed(peer, why);
      },
      answered(messages) {
        if (messages === 0) count.emptyAnswers += 1;
      },
    });
    const reach = await this.#reach(transport);
    const mounted = await mount(transport, app, LANE_LOG, reach?.adapter);
    this.#mounts.push(mounted);
    this.#lanes.serve(transport, (await reach?.over(mounted.side)) ?? mounted.side);
    return {
      http: mounted.http,
      work(does) {
        count.requests += 1;
        work(does);
      },
    };
  }

  async #openChat(transport: DemoTransport): Promise<Room> {
    const work = (does: () => void) => this.#shares.work(null, does);
    const { app } = this.#chat;
    const received: App['received'] = (peer, message, answer) =>
      work(() => app.received(peer, message, answer));
    const guarded = this.#guarded({ ...app, received, answered: () => undefined });
    const mounted = await mount(transport, guarded, CHAT_LOG);
    this.#mounts.push(mounted);
    this.#chat.serve(mounted.side);
    return { http: mounted.http, work };
  }

  /** Tells the application of those alone for whom there is a place. */
  #guarded(app: App): App {
    return {
      ...app,
      opened: (peer) => {
        if (this.#visitors.enter(peer)) app.opened(peer);
        else peer.drop('there are too many visitors');
      },
      closed: (peer, why) => {
        if (this.#visitors.leave(peer)) app.closed(peer, why);
      },
    };
  }

  async #reach(transport: DemoTransport): Promise<Reach | null> {
    const { cluster } = this.#start;
    if (cluster === null || !cluster.hasAdapter) return null;
    const { whereabouts } = cluster;
    // Lanes have the same room, and must not hear each other.
    const own = { ...whereabouts, key: `${whereabouts.key}-${transport}` };
    const takesAdapter = findTransport(transport)?.takesAdapter === true;
    return openReach(PASSING_ON, own, takesAdapter);
  }
}

function addressOf(place: Place, transport: DemoTransport): string {
  return `/${place}/${transport}`;
}
