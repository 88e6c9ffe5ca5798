import type { CpuReading } from '../../instrument/meter.ts';
import type { RoleProcess } from '../../instrument/role-process.ts';
import type { Arrivals } from '../../schedule/due-times.ts';
import type { Missed, ServerCalls, ServerReading, ServerShare, ServerStart } from '../../server/protocol.ts';
import type { Timeline } from '../../timeline.ts';
import { joinMissed, joinReadings, joinShares } from './join.ts';

/** The server processes of a round: several stand for one, and answer as one. */
export class Nodes {
  readonly all: readonly RoleProcess<ServerCalls>[];

  constructor(count: number, spawn: () => RoleProcess<ServerCalls>) {
    this.all = Array.from({ length: count }, spawn);
  }

  /** The only one where there are no more. */
  get first(): RoleProcess<ServerCalls> {
    const [first] = this.all;
    if (first === undefined) throw new Error('a round without a server');
    return first;
  }

  /** Answers with the port of each. */
  async start(input: Omit<ServerStart, 'node'>): Promise<readonly number[]> {
    const started = this.all.map((node, index) => node.ask('start', { ...input, node: index + 1 }));
    return (await Promise.all(started)).map(({ port }) => port);
  }

  /** Lets each publish so many; answers how many deliveries that makes in all. */
  async burst(count: number): Promise<number> {
    const said = await Promise.all(this.all.map((node) => node.ask('burst', { count })));
    return said.reduce((sum, { deliveries }) => sum + deliveries, 0);
  }

  async read(): Promise<ServerReading> {
    return joinReadings(await Promise.all(this.all.map((node) => node.ask('read', null))));
  }

  async relayed(): Promise<{ readonly messages: number; readonly deliveries: number }> {
    const each = await Promise.all(this.all.map((node) => node.ask('relayed', null)));
    return {
      messages: each.reduce((sum, { messages }) => sum + messages, 0),
      deliveries: each.reduce((sum, { deliveries }) => sum + deliveries, 0),
    };
  }

  async missed(): Promise<Missed> {
    return joinMissed(await Promise.all(this.all.map((node) => node.ask('missed', null))));
  }

  async heap(): Promise<number> {
    const heaps = await Promise.all(this.all.map((node) => node.ask('heap', null)));
    return heaps.reduce((sum, bytes) => sum + bytes, 0);
  }

  /** The CPU of each at a stretch's start, middle and end. */
  watch(instantsNs: readonly number[]): Promise<(readonly CpuReading[])[]> {
    return Promise.all(this.all.map((node) => node.ask('watch', { instantsNs })));
  }

  async arm(timeline: Timeline, arrivals: Arrivals | null): Promise<void> {
    await Promise.all(this.all.map((node) => node.ask('arm', { timeline, arrivals })));
  }

  /** What all of them together add to the round, and what each does. */
  async collect(): Promise<{ readonly share: ServerShare; readonly each: readonly ServerShare[] }> {
    const each = await Promise.all(this.all.map((node) => node.ask('collect', null)));
    return { share: joinShares(each), each };
  }

  async end(): Promise<void> {
    await Promise.all(this.all.map((node) => node.end()));
  }
}
