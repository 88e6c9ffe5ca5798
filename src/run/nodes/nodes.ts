import type { CpuReading } from '../../instrument/meter.ts';
import type { RoleProcess } from '../../instrument/role-process.ts';
import type { Arrivals } from '../../schedule/due-times.ts';
import {
  type Missed,
  nothingRead,
  type ServerCalls,
  type ServerReading,
  type ServerShare,
  type ServerStart,
} from '../../server/protocol.ts';
import type { Timeline } from '../../timeline.ts';
import { joinMissed, joinReadings, joinShares } from './join.ts';
import { type Death, ServerNode } from './node.ts';

type ServerProcess = RoleProcess<ServerCalls>;

/** The nodes of a round: several stand for one, and answer as one. */
export class Nodes {
  readonly all: readonly ServerNode[];

  /** `patienceMs`: how long an answer is waited for before the round goes on without that node; null where each is needed. */
  constructor(count: number, patienceMs: number | null, spawn: () => ServerProcess) {
    this.all = Array.from({ length: count }, (_, index) => new ServerNode(index + 1, patienceMs, spawn));
  }

  /** The only server process where there are no more. */
  get first(): ServerProcess {
    const [first] = this.all;
    if (first === undefined) throw new Error('a round without a server');
    return first.process;
  }

  /** Those that ended though nobody ended them. */
  get deaths(): readonly Death[] {
    return this.all.flatMap(({ deaths }) => deaths);
  }

  /** Answers with the port of each. */
  start(input: Omit<ServerStart, 'node' | 'port'>): Promise<readonly number[]> {
    return this.#each((node) => node.start(input));
  }

  /** Lets the first `speaking` publish so many each; answers how many deliveries to their own clients that makes in all. */
  async burst(count: number, speaking: number): Promise<number> {
    const said = await Promise.all(
      this.all
        .slice(0, speaking)
        .map((node) => node.answer((server) => server.ask('burst', { count }), { deliveries: 0 })),
    );
    return said.reduce((sum, { deliveries }) => sum + deliveries, 0);
  }

  async read(): Promise<ServerReading> {
    return joinReadings(await this.readEach());
  }

  readEach(): Promise<readonly ServerReading[]> {
    return this.#each((node) => node.read());
  }

  async relayed(): Promise<{ readonly messages: number; readonly deliveries: number }> {
    const nothing = { messages: 0, deliveries: 0 };
    const each = await this.#ask((server) => server.ask('relayed', null), nothing);
    return {
      messages: each.reduce((sum, { messages }) => sum + messages, 0),
      deliveries: each.reduce((sum, { deliveries }) => sum + deliveries, 0),
    };
  }

  async missed(): Promise<Missed> {
    const nothing = { window: 0, phases: [] };
    return joinMissed(await this.#ask((server) => server.ask('missed', null), nothing));
  }

  async heap(): Promise<number> {
    const heaps = await this.#ask((server) => server.ask('heap', null), 0);
    return heaps.reduce((sum, bytes) => sum + bytes, 0);
  }

  /** The CPU of each at a stretch's start, middle and end. */
  watch(instantsNs: readonly number[]): Promise<(readonly CpuReading[])[]> {
    const nothing: readonly CpuReading[] = instantsNs.map(nothingRead);
    return this.#ask((server) => server.ask('watch', { instantsNs }), nothing);
  }

  async arm(timeline: Timeline, arrivals: Arrivals | null): Promise<void> {
    await this.#each((node) => node.arm(timeline, arrivals));
  }

  /** What all of them together add to the round, and what each does. */
  async collect(): Promise<{ readonly share: ServerShare; readonly each: readonly ServerShare[] }> {
    const each = await this.#each((node) => node.collect());
    return { share: joinShares(each), each };
  }

  async end(): Promise<void> {
    await this.#each((node) => node.end());
  }

  #each<Answer>(of: (node: ServerNode) => Promise<Answer>): Promise<Answer[]> {
    return Promise.all(this.all.map(of));
  }

  #ask<Answer>(ask: (server: ServerProcess) => Promise<Answer>, absent: Answer): Promise<Answer[]> {
    return this.#each((node) => node.answer(ask, absent));
  }
}
