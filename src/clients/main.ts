import { readCpu, readWindow } from '../instrument/meter.ts';
import { serveRole } from '../instrument/role-process.ts';
import { readingInstantsNs, type Timeline } from '../timeline.ts';
import { findTransport } from '../transports/index.ts';
import { Fleet } from './fleet.ts';
import type { ClientsCalls, ClientsShare, ClientsStart } from './protocol.ts';
import { Recorder } from './recorder.ts';
import { blockLoop, type ClientsSabotage } from './sabotage.ts';

/** One process of clients: their fleet, and the recorder that all of them feed. */
class Clients {
  readonly fleet: Fleet;
  readonly recorder = new Recorder();
  #measured: Promise<Pick<ClientsShare, 'readings' | 'loopDelayP99Ms'>> | undefined;

  readonly #sabotage: ClientsSabotage | null;

  constructor(fleet: Fleet, sabotage: ClientsSabotage | null) {
    this.fleet = fleet;
    this.#sabotage = sabotage;
  }

  arm(timeline: Timeline): void {
    this.recorder.arm(timeline);
    if (this.#sabotage !== null) blockLoop(timeline, this.#sabotage);
    this.#measured = readWindow(readingInstantsNs(timeline), readCpu);
  }

  async collect(): Promise<ClientsShare> {
    if (this.#measured === undefined) throw new Error('collect before arm');
    const measured = await this.#measured;
    const { recorder } = this;
    return {
      ...measured,
      delivered: recorder.delivered,
      duplicated: recorder.duplicated,
      reordered: recorder.reordered,
      unreadable: recorder.unreadable,
      arrivedInHalves: recorder.arrivedInHalves,
      arrivedInLight: recorder.arrivedInLight,
      payloadBytes: recorder.payloadBytes,
      latencyHdr: recorder.latencyHdr(),
      halves: recorder.halves,
      dropped: this.fleet.dropped,
    };
  }
}

/** The clients process's body. */
export function serve(): void {
  let open: (() => Clients) | undefined;
  let current: Clients | undefined;
  const clients = () => {
    if (open === undefined) throw new Error('the clients have not been started');
    current ??= open();
    return current;
  };
  serveRole<ClientsCalls>({
    async start(input: ClientsStart) {
      const connect = await findTransport(input.transport)?.client();
      if (connect === undefined) throw new Error(`no transport named ${input.transport}`);
      open = () => new Clients(new Fleet(connect, input), input.sabotage);
      return null;
    },
    connect(wave) {
      const { fleet, recorder } = clients();
      return fleet.open(wave, () => recorder.listener());
    },
    count() {
      const { fleet, recorder } = clients();
      return { received: recorder.received, delivered: recorder.delivered, carrying: fleet.carrying() };
    },
    async close() {
      await clients().fleet.close();
      current = undefined;
      return null;
    },
    arm(timeline) {
      clients().arm(timeline);
      return null;
    },
    collect: () => clients().collect(),
  });
}
