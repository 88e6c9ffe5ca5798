import { type Application, findApplication } from '../applications/index.ts';
import type { Transport } from '../contracts.ts';
import { heapBytes, readCpu, readWindow } from '../instrument/meter.ts';
import { serveRole } from '../instrument/role-process.ts';
import type { ResolvedScenario } from '../measurements.ts';
import { paceMs } from '../plan/transport-options.ts';
import type { Arrivals } from '../schedule/due-times.ts';
import { NOTHING_SAID, type Publisher } from '../schedule/publisher.ts';
import { readingInstantsNs, type Timeline } from '../timeline.ts';
import { findTransport } from '../transports/index.ts';
import { Churning } from './churning.ts';
import { Fleet } from './fleet.ts';
import type { ClientsCalls, ClientsCount, ClientsShare, ClientsStart, Wave } from './protocol.ts';
import { type Hops, hopsOf } from './recording/hops.ts';
import { Recorder } from './recording/recorder.ts';
import { Trouble } from './recording/trouble.ts';
import { blockLoop, type ClientsSabotage } from './sabotage.ts';
import { Speakers } from './speakers.ts';

/** One process of clients: their fleet, the recorder that all of them feed, and what they say. */
class Clients {
  readonly #fleet: Fleet;
  readonly #trouble: Trouble | null;
  readonly #recorder: Recorder;
  readonly #speakers: Speakers | null;
  readonly #churning: Churning | null;
  readonly #sabotage: ClientsSabotage | null;
  #publisher: Publisher | null = null;
  #measured: Promise<Pick<ClientsShare, 'readings' | 'loopDelayP99Ms'>> | undefined;

  constructor(
    fleet: Fleet,
    trouble: Trouble | null,
    hops: Hops | null,
    { speaker, comesAndGoes }: Application,
    sabotage: ClientsSabotage | null,
  ) {
    this.#fleet = fleet;
    this.#trouble = trouble;
    this.#recorder = new Recorder(trouble, hops);
    this.#churning = comesAndGoes === true ? new Churning(fleet) : null;
    this.#speakers = speaker === 'clients' ? new Speakers(fleet.members) : null;
    this.#sabotage = sabotage;
  }

  connect(wave: Wave): ReturnType<Fleet['open']> {
    return this.#fleet.open(wave, (part, index) => this.#recorder.listener(part, index));
  }

  count(): ClientsCount {
    const { received, delivered } = this.#recorder;
    return {
      received,
      delivered,
      expected: this.#publisher?.expected ?? 0,
      isDone: this.#publisher?.isDone ?? true,
    };
  }

  carrying(): Record<string, number> {
    return this.#fleet.carrying();
  }

  async burst(count: number): Promise<void> {
    await this.#speakers?.burst(count);
  }

  close(): Promise<void> {
    return this.#fleet.close();
  }

  arm(timeline: Timeline, arrivals: Arrivals | null, scenario: ResolvedScenario): void {
    this.#recorder.arm(timeline);
    this.#trouble?.arm(timeline, this.#fleet.size);
    if (this.#sabotage !== null) blockLoop(timeline, this.#sabotage);
    if (arrivals !== null)
      this.#publisher = this.#speakers?.start(timeline, arrivals, scenario.clients) ?? null;
    this.#churning?.start(timeline, scenario);
    this.#measured = readWindow(readingInstantsNs(timeline), readCpu);
  }

  async returned(): Promise<void> {
    await this.#churning?.over;
  }

  async collect(): Promise<ClientsShare> {
    if (this.#measured === undefined) throw new Error('collect before arm');
    const measured = await this.#measured;
    await this.#publisher?.finished;
    return {
      ...measured,
      ...this.#recorder.share(),
      said: this.#publisher?.said ?? NOTHING_SAID,
      churn: this.#churning?.share ?? null,
      trouble: this.#trouble?.share() ?? null,
      dropped: this.#fleet.dropped,
    };
  }
}

function troubleOf(transport: Transport, scenario: ResolvedScenario): Trouble | null {
  const { faults } = scenario;
  return faults.length === 0 ? null : new Trouble(faults, paceMs(transport, scenario));
}

/** The clients process's body. */
export function serve(): void {
  let open: (() => Clients) | undefined;
  let current: Clients | undefined;
  let scenario: ResolvedScenario | undefined;
  const clients = () => {
    if (open === undefined) throw new Error('the clients have not been started');
    current ??= open();
    return current;
  };
  serveRole<ClientsCalls>({
    async start(input: ClientsStart) {
      const transport = findTransport(input.transport);
      if (transport === undefined) throw new Error(`no transport named ${input.transport}`);
      const connect = await (input.crowd === 'lean' ? transport.leanClient() : transport.client());
      const application = findApplication(input.scenario.application);
      const half = await application.client(input.scenario);
      open = () => {
        const trouble = troubleOf(transport, input.scenario);
        const fleet = new Fleet(connect, half, input, trouble);
        return new Clients(fleet, trouble, hopsOf(input.scenario), application, input.sabotage);
      };
      scenario = input.scenario;
      return null;
    },
    connect: (wave) => clients().connect(wave),
    count: () => clients().count(),
    carrying: () => clients().carrying(),
    async burst({ count }) {
      await clients().burst(count);
      return null;
    },
    heap: heapBytes,
    async close() {
      await clients().close();
      current = undefined;
      return null;
    },
    arm({ timeline, arrivals }) {
      if (scenario !== undefined) clients().arm(timeline, arrivals, scenario);
      return null;
    },
    async returned() {
      await clients().returned();
      return null;
    },
    collect: () => clients().collect(),
  });
}
