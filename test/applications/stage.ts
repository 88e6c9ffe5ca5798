import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { Part, ServerHalf } from '../../src/applications/index.ts';
import { findApplication } from '../../src/applications/index.ts';
import { Fleet } from '../../src/clients/fleet.ts';
import { Recorder } from '../../src/clients/recording/recorder.ts';
import type { Connection, Message, Peer, ServerSide, Transport } from '../../src/contracts.ts';
import type { ApplicationName, ResolvedScenario } from '../../src/measurements.ts';
import { SCHEDULE_SOURCE } from '../../src/message.ts';
import { defaults } from '../../src/plan/fields/index.ts';
import { findTransport } from '../../src/transports/index.ts';
import { clientOptions, listen, TEST_OPTIONS, until } from '../transports/harness.ts';

type Settings = Partial<ResolvedScenario>;

/** A scenario of that application, with what the test is about. */
export function scenarioOf(application: ApplicationName, settings: Settings = {}): ResolvedScenario {
  return { ...defaults, name: application, summary: application, application, witnesses: 0, ...settings };
}

/** An application's server half over a real transport, with clients in this process. */
export class Stage {
  expected = 0;
  conflated = 0;
  readonly url: URL;
  readonly recorder = new Recorder();
  /** Peers that are connected, and why others were closed. */
  readonly peers = new Set<Peer>();
  readonly closed: string[] = [];
  readonly fleet: Fleet;
  readonly #http: Server;
  readonly #transport: Transport;
  readonly #half: ServerHalf;
  readonly #side: ServerSide;
  #sequence = 0;

  constructor(parts: {
    readonly url: URL;
    readonly transport: Transport;
    readonly half: ServerHalf;
    readonly side: (stage: Stage) => ServerSide;
    readonly fleet: Fleet;
    readonly http: Server;
  }) {
    this.url = parts.url;
    this.fleet = parts.fleet;
    this.#transport = parts.transport;
    this.#half = parts.half;
    this.#side = parts.side(this);
    this.#http = parts.http;
  }

  /** Opens clients as a round does: they take part once this resolves. */
  async open(...indexes: number[]): Promise<void> {
    const listener = (part: Part, index: number) => this.recorder.listener(part, index);
    await this.fleet.open({ urls: [this.url.href], indexes, options: TEST_OPTIONS }, listener);
  }

  /** Opens a connection that says what the test wants; `said` is what it heard. */
  async raw(): Promise<{ readonly connection: Connection; readonly said: Message[] }> {
    const said: Message[] = [];
    const connect = await this.#transport.client();
    const events = { message: (message: Message) => said.push(message), closed: () => undefined };
    return { connection: await connect(this.url, events, clientOptions()), said };
  }

  /** Publishes the schedule's next message; answers for how many it is. */
  publish(): number {
    const stamp = { source: SCHEDULE_SOURCE, sequence: this.#sequence, dueUs: this.#sequence };
    this.#sequence += 1;
    const audience =
      this.#half.publish?.(this.#side, stamp, () => {
        this.conflated += 1;
      }) ?? 0;
    this.expected += audience;
    return audience;
  }

  /** Waits until everybody has what was meant for them. */
  arrived(): Promise<void> {
    const now = () => `(${this.recorder.received} of ${this.expected}, ${this.conflated} conflated)`;
    return until('all deliveries', () => this.recorder.received + this.conflated >= this.expected, { now });
  }

  async close(): Promise<void> {
    await this.fleet.close();
    await this.#side.close();
    const closed = once(this.#http, 'close');
    this.#http.close();
    this.#http.closeAllConnections();
    await closed;
  }

  /** How many sockets the server holds. */
  sockets(): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#http.getConnections((error, many) => (error === null ? resolve(many) : reject(error)));
    });
  }
}

/** Sets an application up on a free port. */
export async function stage(transportName: string, scenario: ResolvedScenario): Promise<Stage> {
  const transport = findTransport(transportName);
  if (transport === undefined) throw new Error(`no transport ${transportName}`);
  const application = findApplication(scenario.application);
  const [attach, connect, half, client] = await Promise.all([
    transport.server(),
    transport.client(),
    application.server(scenario),
    application.client(scenario),
  ]);
  const http = createServer({ noDelay: true, keepAliveTimeout: 75_000 });
  const start = { transport: transportName, scenario, crowd: 'library', ca: null, sabotage: null } as const;
  const url = new URL(`http://127.0.0.1:${await listen(http)}/`);
  return new Stage({
    url,
    transport,
    half,
    fleet: new Fleet(connect, client, start),
    side: (made) =>
      attach(
        http,
        { ...watched(half, made), answered: () => undefined },
        { ...TEST_OPTIONS, maxBufferBytes: 1 << 20 },
      ),
    http,
  });
}

/** The application, with a look at who comes and goes. */
function watched({ app }: ServerHalf, made: Stage): ServerHalf['app'] {
  return {
    ...app,
    opened(peer) {
      made.peers.add(peer);
      app.opened(peer);
    },
    closed(peer, why) {
      made.peers.delete(peer);
      made.closed.push(why);
      app.closed(peer, why);
    },
  };
}
