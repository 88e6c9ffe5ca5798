import type { Server } from 'node:http';
import { findApplication, type ServerHalf } from '../applications/index.ts';
import { openReach, type Reach } from '../cluster/reach.ts';
import type { App, ServerSide } from '../contracts.ts';
import { nowNs } from '../instrument/clock.ts';
import { readAt, readCpu, readWindow } from '../instrument/meter.ts';
import { SocketMeter } from '../instrument/socket-meter.ts';
import { readWire } from '../instrument/wire/wire-meter.ts';
import type { Arrivals } from '../schedule/due-times.ts';
import { readingInstantsNs, type Timeline, turningInstantsNs } from '../timeline.ts';
import { findTransport } from '../transports/index.ts';
import { createHost, listen } from './hosting.ts';
import {
  nothingRead,
  type ServerAccount,
  type ServerReading,
  type ServerShare,
  type ServerStart,
} from './protocol.ts';
import { Speech } from './speech.ts';
import { Troubles } from './troubles.ts';

/** What one round's server is made of. */
interface Parts {
  readonly http: Server;
  readonly side: ServerSide;
  readonly application: ServerHalf;
  readonly reach: Reach | null;
  readonly sockets: SocketMeter;
  /** Answers of request-based transports that carried nothing. */
  readonly emptyAnswers: () => number;
}

const NO_TROUBLES: Troubles['share'] = { closingsUs: [], steps: [] };

/** One round's server: a transport, an application, a schedule, and the counters around them. */
export class RoundServer {
  readonly speech: Speech;
  readonly #parts: Parts;
  readonly #start: ServerStart;
  readonly #startedNs = nowNs();
  readonly #readings: ServerReading[] = [];
  readonly #turns: ServerReading[] = [];
  #requests = 0;
  #troubles: Troubles | null = null;
  #share: Promise<ServerShare> | undefined;

  constructor(parts: Parts, start: ServerStart) {
    this.speech = new Speech(parts.application, parts.side, start);
    this.#parts = parts;
    this.#start = start;
    // After the transport has attached: engine.io takes over the listeners that are there before it.
    parts.http.on('request', () => {
      this.#requests += 1;
    });
  }

  get relayed(): NonNullable<ServerHalf['relayed']> {
    return this.#parts.application.relayed ?? { messages: 0, deliveries: 0 };
  }

  read(): ServerReading {
    const { sockets, emptyAnswers, reach, application } = this.#parts;
    return {
      ...readCpu(),
      ...sockets.read(),
      requests: this.#requests,
      emptyAnswers: emptyAnswers(),
      rssBytes: process.memoryUsage.rss(),
      unpublished: reach?.failures ?? 0,
      wire: this.#start.countWire ? readWire() : null,
      history: application.history?.read() ?? null,
    };
  }

  /** A client is gone. */
  closed(): void {
    this.#troubles?.closed();
  }

  arm(timeline: Timeline, arrivals: Arrivals | null): void {
    const { sockets } = this.#parts;
    if (this.#start.scenario.faults.length > 0) {
      this.#troubles = new Troubles(timeline, () => sockets.read().open);
    }
    if (arrivals !== null) this.speech.begin(timeline, arrivals);
    this.#share = this.#measure(timeline);
  }

  collect(): Promise<ServerShare> {
    if (this.#share === undefined) throw new Error('collect before arm');
    return this.#share;
  }

  /** What it would leave if it ended now. */
  account(): ServerAccount {
    return { ...this.#soFar(), now: this.read() };
  }

  /** Ends in good order, but for the process; answers what it leaves. */
  async retire(): Promise<ServerAccount> {
    const { http, side } = this.#parts;
    await this.speech.stop();
    http.close();
    await side.close();
    http.closeAllConnections();
    // Sockets tell that they are closed in the loop's next turn.
    await new Promise(setImmediate);
    return this.account();
  }

  async #measure(timeline: Timeline): Promise<ServerShare> {
    const fromNs = this.#start.port === null ? 0 : nowNs();
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
    await this.speech.finished;
    return {
      ...this.#soFar(),
      history: (await this.#parts.application.history?.settle(timeline)) ?? null,
      ageMs: (timeline.epochNs - this.#startedNs + timeline.windowEndUs * 1000) / 1e6,
      loopDelayP99Ms,
    };
  }

  #soFar(): ServerShare {
    return {
      said: this.speech.said,
      firstNumber: this.speech.firstNumber,
      history: null,
      ageMs: (nowNs() - this.#startedNs) / 1e6,
      loopDelayP99Ms: 0,
      readings: this.#readings,
      turns: this.#turns,
      ...(this.#troubles?.share ?? NO_TROUBLES),
    };
  }
}

/** Puts a round's server together and lets it listen. */
export async function startServer(
  start: ServerStart,
): Promise<{ readonly server: RoundServer; readonly port: number }> {
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
  const parts = { http, side, application, reach, sockets, emptyAnswers: () => emptyAnswers };
  const server = new RoundServer(parts, start);
  return { server, port: await listen(http, start.port) };
}
