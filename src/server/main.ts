import type { Server } from 'node:http';
import { findApplication, type ServerHalf } from '../applications/index.ts';
import { openReach, type Reach } from '../cluster/reach.ts';
import type { App, ServerSide } from '../contracts.ts';
import { nowNs } from '../instrument/clock.ts';
import { type CpuUse, cpuBetween, readAt, readCpu, readWindow } from '../instrument/meter.ts';
import { serveRole } from '../instrument/role-process.ts';
import { SocketMeter } from '../instrument/socket-meter.ts';
import { readWire } from '../instrument/wire/wire-meter.ts';
import { SCHEDULE_SOURCE, sourceOf, WARM_UP_SOURCE } from '../message.ts';
import { type Arrivals, dueTimesUs } from '../schedule/due-times.ts';
import { Metronome } from '../schedule/metronome.ts';
import { NOTHING_SAID, Publisher } from '../schedule/publisher.ts';
import { seededRandom } from '../stats/random.ts';
import { readingInstantsNs, type Timeline, turningInstantsNs } from '../timeline.ts';
import { findTransport } from '../transports/index.ts';
import { createHost, listen } from './hosting.ts';
import {
  type Missed,
  nothingRead,
  type ServerAccount,
  type ServerCalls,
  type ServerReading,
  type ServerShare,
  type ServerStart,
} from './protocol.ts';
import { allocate, beatInClosedLoop, type ServerSabotage, sabotaged, spinUntil } from './sabotage.ts';
import { Troubles } from './troubles.ts';

/** One round's server: a transport, an application, a schedule, and the counters around them. */
class RoundServer {
  readonly #application: ServerHalf;
  readonly #http: Server;
  readonly #metronome = new Metronome();
  readonly #sockets: SocketMeter;
  /** Answers of request-based transports that carried nothing. */
  readonly #emptyAnswers: () => number;
  readonly #side: ServerSide;
  readonly #countWire: boolean;
  readonly #startedNs = nowNs();
  readonly #sabotage: ServerSabotage | null;
  readonly #reach: Reach | null;
  readonly #node: number;
  readonly #nodes: number;
  /** Whether it takes the place of one that was there before. */
  readonly #takesOver: boolean;
  readonly #hasFaults: boolean;
  readonly #burdens: unknown[] = [];
  #requests = 0;
  /** Messages published to warm. */
  #hurried = 0;
  #publisher: Publisher | null = null;
  #troubles: Troubles | null = null;
  readonly #readings: ServerReading[] = [];
  readonly #turns: ServerReading[] = [];
  #share: Promise<ServerShare> | undefined;

  constructor(
    http: Server,
    side: ServerSide,
    application: ServerHalf,
    reach: Reach | null,
    { sockets, emptyAnswers }: { readonly sockets: SocketMeter; readonly emptyAnswers: () => number },
    start: ServerStart,
  ) {
    this.#application = application;
    this.#http = http;
    this.#side = side;
    this.#sockets = sockets;
    this.#reach = reach;
    this.#emptyAnswers = emptyAnswers;
    this.#countWire = start.countWire;
    this.#sabotage = start.sabotage;
    this.#node = start.node;
    this.#nodes = start.scenario.nodes;
    this.#takesOver = start.port !== null;
    this.#hasFaults = start.scenario.faults.length > 0;
    // After the transport has attached: engine.io takes over the listeners that are there before it.
    http.on('request', () => {
      this.#requests += 1;
    });
  }

  async burst(count: number): Promise<number> {
    let deliveries = 0;
    let conflated = 0;
    const conflate = () => {
      conflated += 1;
    };
    for (let sequence = 0; sequence < count; sequence++) {
      const stamp = { source: WARM_UP_SOURCE, sequence, dueUs: 0 };
      deliveries += this.#application.publish?.(this.#side, stamp, conflate) ?? 0;
      await new Promise(setImmediate);
    }
    this.#hurried += count;
    return deliveries - conflated;
  }

  get relayed(): NonNullable<ServerHalf['relayed']> {
    return this.#application.relayed ?? { messages: 0, deliveries: 0 };
  }

  get missed(): Missed {
    const { before = 0, said = NOTHING_SAID } = this.#publisher ?? {};
    const of = (first: number, count: number) => this.#application.missed?.(first, count) ?? 0;
    let first = before;
    const phases = said.phases.map(({ published }) => {
      first += published;
      return of(first - published, published);
    });
    return { window: of(before, said.published), phases };
  }

  read(): ServerReading {
    return {
      ...readCpu(),
      ...this.#sockets.read(),
      requests: this.#requests,
      emptyAnswers: this.#emptyAnswers(),
      rssBytes: process.memoryUsage.rss(),
      unpublished: this.#reach?.failures ?? 0,
      wire: this.#countWire ? readWire() : null,
      history: this.#application.history?.read() ?? null,
    };
  }

  /** A client is gone. */
  closed(): void {
    this.#troubles?.closed();
  }

  arm(timeline: Timeline, arrivals: Arrivals | null): void {
    if (this.#hasFaults) this.#troubles = new Troubles(timeline, () => this.#sockets.read().open);
    this.#publisher = arrivals === null ? null : this.#scheduled(timeline, arrivals);
    this.#share = this.#measure(timeline);
  }

  burden(busyMs: number, bytes: number): CpuUse {
    this.#burdens.push(allocate(bytes));
    const before = readCpu();
    spinUntil(nowNs() + busyMs * 1e6);
    return cpuBetween(before, readCpu());
  }

  collect(): Promise<ServerShare> {
    if (this.#share === undefined) throw new Error('collect before arm');
    return this.#share;
  }

  account(): ServerAccount {
    return { ...this.#soFar(), now: this.read() };
  }

  async retire(): Promise<ServerAccount> {
    await this.#metronome.stop();
    this.#http.close();
    await this.#side.close();
    this.#http.closeAllConnections();
    // Sockets tell that they are closed in the loop's next turn.
    await new Promise(setImmediate);
    return this.account();
  }

  #scheduled(timeline: Timeline, arrivals: Arrivals): Publisher {
    // Nodes say the messages by turns, each with a source of its own.
    const dueUs = dueTimesUs(timeline, arrivals, seededRandom(arrivals.seed)).filter(
      (_, place) => place % this.#nodes === this.#node - 1,
    );
    const source = this.#nodes === 1 ? SCHEDULE_SOURCE : sourceOf(this.#node);
    const side = this.#sabotage === null ? this.#side : sabotaged(this.#side, this.#sabotage);
    const conflated = (due: number) => publisher.conflate(due);
    const publisher = new Publisher(timeline, dueUs, (sequence, due) => {
      const stamp = { source, sequence, dueUs: due };
      return this.#application.publish?.(side, stamp, conflated) ?? 0;
    });
    if (this.#takesOver) {
      const nowUs = (nowNs() - timeline.epochNs) / 1000;
      publisher.skip(dueUs.filter((atUs) => atUs < nowUs).length);
    }
    this.#pace(timeline, dueUs, (passed) => publisher.catchUp(passed));
    return publisher;
  }

  #pace(timeline: Timeline, dueUs: number[], beat: (passed: number) => void): void {
    if (this.#sabotage?.closedLoop === true) {
      beatInClosedLoop(timeline, dueUs, beat);
      return;
    }
    const lateUs = (this.#sabotage?.lateMs ?? 0) * 1000;
    this.#metronome.start(
      Float64Array.from(dueUs, (atUs) => timeline.epochNs + (atUs + lateUs) * 1000),
      beat,
    );
  }

  async #measure(timeline: Timeline): Promise<ServerShare> {
    const fromNs = this.#takesOver ? nowNs() : 0;
    const reading = (kept: ServerReading[], instantsNs: readonly number[]) => (index: number) => {
      const instantNs = instantsNs[index] ?? 0;
      kept.push(instantNs < fromNs ? nothingRead(instantNs) : this.read());
    };
    const [edgesNs, turnsNs] = [readingInstantsNs(timeline), turningInstantsNs(timeline)];
    const [{ loopDelayP99Ms }] = await Promise.all([
      readWindow(edgesNs, reading(this.#readings, edgesNs)),
      readAt(turnsNs, reading(this.#turns, turnsNs)),
      this.#troubles?.watch(),
    ]);
    await this.#publisher?.finished;
    return {
      ...this.#soFar(),
      history: (await this.#application.history?.settle(timeline)) ?? null,
      ageMs: (timeline.epochNs - this.#startedNs + timeline.windowEndUs * 1000) / 1e6,
      loopDelayP99Ms,
    };
  }

  #soFar(): ServerShare {
    return {
      said: this.#publisher?.said ?? NOTHING_SAID,
      firstNumber: this.#hurried + (this.#publisher?.before ?? 0) + 1,
      history: null,
      ageMs: (nowNs() - this.#startedNs) / 1e6,
      loopDelayP99Ms: 0,
      readings: this.#readings,
      turns: this.#turns,
      ...(this.#troubles?.share ?? NO_TROUBLES),
    };
  }
}

const NO_TROUBLES: Troubles['share'] = { closingsUs: [], steps: [] };

async function startServer(start: ServerStart): Promise<{ server: RoundServer; port: number }> {
  const transport = findTransport(start.transport);
  if (transport === undefined) throw new Error(`no transport named ${start.transport}`);
  const { scenario, others, node } = start;
  const takesAdapter = transport.takesAdapter === true;
  const reach = others === null ? null : await openReach(scenario, { ...others, node }, takesAdapter);
  const attach = await transport.server(reach?.adapter);
  const http = createHost(start.options, start.certificate);
  const sockets = new SocketMeter(http);
  const application = await findApplication(scenario.application).server(scenario);
  let emptyAnswers = 0;
  const answered = (messages: number) => {
    if (messages === 0) emptyAnswers += 1;
  };
  const closed: App['closed'] = (peer, why) => {
    server.closed();
    application.app.closed(peer, why);
  };
  const attached = attach(http, { ...application.app, closed, answered }, start.options);
  const side = (await reach?.over(attached)) ?? attached;
  application.serve?.(side);
  const meters = { sockets, emptyAnswers: () => emptyAnswers };
  const server = new RoundServer(http, side, application, reach, meters, start);
  return { server, port: await listen(http, start.port) };
}

/** The server process's body. */
export function serve(): void {
  let current: RoundServer | undefined;
  const running = () => {
    if (current === undefined) throw new Error('the server has not been started');
    return current;
  };
  serveRole<ServerCalls>({
    async start(input) {
      const { server, port } = await startServer(input);
      current = server;
      return { port };
    },
    burst: async ({ count }) => ({ deliveries: await running().burst(count) }),
    read: () => running().read(),
    watch: async ({ instantsNs }) => (await readWindow(instantsNs, readCpu)).readings,
    relayed: () => running().relayed,
    missed: () => running().missed,
    heap() {
      globalThis.gc?.();
      const { heapUsed, external } = process.memoryUsage();
      return heapUsed + external;
    },
    burden: ({ busyMs, bytes }) => running().burden(busyMs, bytes),
    arm({ timeline, arrivals }) {
      running().arm(timeline, arrivals);
      return null;
    },
    collect: () => running().collect(),
    account: () => running().account(),
    retire: () => running().retire(),
  });
}
