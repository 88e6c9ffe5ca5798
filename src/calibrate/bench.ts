import type { Pinning } from '../instrument/pinning.ts';
import type { YardstickTime } from '../instrument/yardstick.ts';
import type { ResolvedScenario, Round } from '../measurements.ts';
import { defaults, type Settings } from '../plan/fields/index.ts';
import { witnessCount } from '../plan/make.ts';
import type { Stage } from '../run/events.ts';
import type { Turn } from '../run/order.ts';
import type { RoundProcesses, Variation } from '../run/processes.ts';
import { type Crew, runTurn, type Surroundings, startCrew } from '../run/rounds.ts';

/** One round that a check asks for. */
export interface Order {
  readonly transport: string;
  /** What differs from the default scenario. */
  readonly settings: Partial<Settings>;
  /** What the round is called in a comparison; by default its transport. */
  readonly label?: string;
  readonly block?: number;
  readonly variation?: Variation;
  /** Outside of the namespace, so that what its counters say is another round's alone. */
  readonly outside?: boolean;
  /** Real trouble from outside, begun when the window begins and over before the round is judged. */
  readonly meanwhile?: (processes: RoundProcesses) => Promise<void>;
}

/** Where checks are made: real rounds on the real instrument. */
export class Bench {
  readonly quick: boolean;
  readonly signal: AbortSignal;
  readonly #surroundings: Surroundings;

  constructor(quick: boolean, surroundings: Surroundings) {
    this.quick = quick;
    this.signal = surroundings.signal;
    this.#surroundings = surroundings;
  }

  get pinning(): Pinning | null {
    return this.#surroundings.pinning;
  }

  /** Runs rounds in order, each one's processes starting while the clients of the one before leave. */
  async run(orders: readonly Order[]): Promise<Round[]> {
    const crews: Crew[] = [];
    const crewOf = (index: number) => {
      const order = orders[index];
      if (order === undefined) return undefined;
      crews[index] ??= startCrew(turnOf(order), this.#around(order), {
        withoutLight: true,
        ...order.variation,
      });
      return crews[index];
    };
    const rounds: Round[] = [];
    let last: YardstickTime | undefined;
    try {
      for (const [index, order] of orders.entries()) {
        const crew = crewOf(index);
        if (crew === undefined) continue;
        const { round, after } = await this.#runOne(order, crew, last, () => crewOf(index + 1));
        rounds.push(round);
        last = after;
      }
      return rounds;
    } finally {
      await Promise.all(crews.map(({ processes }) => processes.end()));
    }
  }

  /** Processes as for a round, for what is done with them by hand; ended when `use` is over. */
  async withCrew<Result>(order: Order, use: (processes: RoundProcesses) => Promise<Result>): Promise<Result> {
    const { processes, urls } = startCrew(turnOf(order), this.#around(order));
    try {
      await urls;
      return await use(processes);
    } finally {
      await processes.end();
    }
  }

  /** Runs rounds at the same time: where what is looked for is so large that they cannot hide it from each other. */
  async together(orders: readonly Order[]): Promise<Round[]> {
    const settled = await Promise.allSettled(orders.map((order) => this.run([order])));
    return settled.flatMap((one) => {
      if (one.status === 'rejected') throw one.reason;
      return one.value;
    });
  }

  #around({ outside }: Order): Surroundings {
    return outside === true ? { ...this.#surroundings, namespace: null } : this.#surroundings;
  }

  async #runOne(
    order: Order,
    crew: Crew,
    last: YardstickTime | undefined,
    next: () => Crew | undefined,
  ): Promise<{ readonly round: Round; readonly after: YardstickTime }> {
    let trouble: Promise<void> | undefined;
    const entered = (stage: Stage) => {
      if (stage !== 'measuring') return;
      trouble = order.meanwhile?.(crew.processes);
      trouble?.catch(() => undefined);
    };
    const ran = await runTurn(turnOf(order), crew, this.#around(order), { last, entered, next });
    await trouble;
    return { ...ran, round: { ...ran.round, transport: order.label ?? order.transport } };
  }
}

function turnOf(order: Order): Turn {
  return { transport: order.transport, round: order.block ?? 1, scenario: scenarioOf(order) };
}

function scenarioOf({ settings }: Order): ResolvedScenario {
  const resolved = { ...defaults, ...settings, rounds: 1 };
  return {
    name: 'calibration',
    summary: 'A self-test of the instrument',
    application: 'broadcast',
    ...resolved,
    witnesses: witnessCount(resolved),
  };
}
