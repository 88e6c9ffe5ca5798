import type { Crowd } from '../../../measurements.ts';
import { defaults, type Settings } from '../../../plan/fields/index.ts';
import { percent } from '../../../run/judge/words.ts';
import { metricOf, seededRandom, shuffled } from '../../../stats/index.ts';
import { transports } from '../../../transports/index.ts';
import type { Bench, Order } from '../../bench.ts';
import { enough, leastEffectsOf, sameBlocks, twinsOf } from '../../blocks.ts';
import { CannotCheck, type Check } from '../../check.ts';
import { compare, type Pair, pairsOf } from '../../comparing.ts';
import { type Counts, countsOf, isWhole, type Served, unlike } from './counts.ts';

/** What servers saw of both crowds. */
export interface Crowds {
  /** How many transports were tried. */
  readonly tried: number;
  readonly served: readonly Served[];
  /** Server CPU per message, lean over library: each transport's pair a block. */
  readonly cpu: { readonly ratio: number; readonly low: number; readonly high: number };
  /** The least share that the default number of rounds tells here. */
  readonly leastCpu: number;
}

const CPU = 'serverCpuPerMessageUs';
/** One of each other family; polling would take its time. */
const QUICK = ['longpoll', 'streaming', 'websocket', 'socketio'];
/**
 * Many questions in a window, so that one more or less does not count; and messages far from 40 ms apart, after which the
 * kernel acknowledges alone: else who asks a little later makes fewer packets.
 */
const PACE: Partial<Settings> = { pollIntervalMs: 100, ratePerSecond: 10 };
/** Over polling the library's own clients would be the limit. */
const FEWER: Readonly<Record<string, number>> = { 'socketio-polling': 100 };
const TRIES = 2;

/** A crowd of bare sockets must be to the server what a crowd of the libraries' clients is. */
export const crowd: Check<Crowds> = {
  name: 'crowd',
  meaning: 'a server cannot tell a lean crowd from the clients that users would run',
  expectedMs: { quick: 12_000, full: 42_000 },
  async gather(bench: Bench) {
    const tried = bench.quick ? QUICK : transports.map(({ name }) => name);
    const leastCpu = leastEffectsOf(twinsOf(bench, await sameBlocks(bench)))[CPU];
    const pairs = await pairsBy(bench, tried, leastCpu);
    const whole = [...pairs.values()];
    const { ratio = 0, low = null, high = null } = compare(enough(whole, []), CPU) ?? {};
    if (low === null || high === null) throw new CannotCheck('these rounds tell no server CPU');
    return {
      tried: tried.length,
      served: tried.flatMap((transport) => servedBy(transport, pairs.get(transport))),
      cpu: { ratio, low, high },
      leastCpu,
    };
  },
  judge({ tried, served, cpu, leastCpu }) {
    const counted = served.flatMap(unlike);
    const many = served.length === tried ? `${tried}` : `${served.length} of ${tried}`;
    return {
      figure:
        `bytes, requests and packets ${counted.length === 0 ? 'the same' : 'not the same'} by ${many} transports;` +
        ` server CPU × ${cpu.ratio.toFixed(2)} (${cpu.low.toFixed(2)} to ${cpu.high.toFixed(2)})`,
      faults: [
        ...counted,
        ...served
          .filter((one) => costsUnlike(one, leastCpu))
          .map(
            ({ transport, cpuRatio }) =>
              `${transport}: a lean crowd makes server CPU × ${cpuRatio.toFixed(2)}`,
          ),
        ...((cpu.low <= 1 && cpu.high >= 1) || timesApart(cpu.ratio) <= 1 + leastCpu
          ? []
          : [
              `a lean crowd makes server CPU × ${cpu.ratio.toFixed(2)}, and ${percent(leastCpu)} are told here`,
            ]),
      ],
    };
  },
  mutants: [
    { what: 'a byte more for each message', of: changed((one) => ({ appDown: one.appDown + one.messages })) },
    {
      what: 'a header more in each request',
      of: changed((one) => ({ appUp: one.appUp + 20 * (one.requests + 1) })),
    },
    {
      what: 'a request more for each message',
      of: changed((one) => ({ requests: one.requests + one.messages })),
    },
    {
      what: 'twice the packets',
      of: (evidence) => ({
        ...evidence,
        served: evidence.served.map((one) => ({
          ...one,
          lean: { ...one.lean, packets: 4 * one.lean.messages },
          library: { ...one.library, packets: 2 * one.library.messages },
        })),
      }),
    },
    {
      what: 'a crowd that is cheaper to serve',
      of(evidence) {
        const ratio = 1 / (1 + 2 * evidence.leastCpu);
        return { ...evidence, cpu: { ratio, low: ratio * 0.99, high: (1 + ratio) / 2 } };
      },
    },
    {
      what: 'one transport whose crowd is dearer to serve',
      of: ({ served: [first, ...others], ...evidence }) => ({
        ...evidence,
        served: first === undefined ? [] : [{ ...first, cpuRatio: 1 + 4 * evidence.leastCpu }, ...others],
      }),
    },
  ],
};

/** A valid pair of each transport, its lean crowd the other; a pair that would be a fault is run again, and one with messages under way as counters were read. */
async function pairsBy(
  bench: Bench,
  tried: readonly string[],
  leastCpu: number,
): Promise<ReadonlyMap<string, Pair>> {
  const pairs = new Map<string, Pair>();
  let left = tried;
  for (let again = 0; again < TRIES && left.length > 0; again++) {
    const rounds = await bench.run(ordersFor(bench, left, again));
    for (const transport of left) {
      const [pair] = pairsOf(rounds, labelOf(transport, 'library'), labelOf(transport, 'lean'));
      if (pair !== undefined) pairs.set(transport, pair);
    }
    left = left.filter((transport) =>
      servedBy(transport, pairs.get(transport)).some(
        (one) => !isWhole(one) || unlike(one).length > 0 || costsUnlike(one, leastCpu),
      ),
    );
  }
  return pairs;
}

function ordersFor(bench: Bench, names: readonly string[], again: number): Order[] {
  const random = seededRandom(defaults.seed + again);
  const durationMs = bench.quick ? 400 : defaults.durationMs;
  return names.flatMap((transport) =>
    shuffled(['lean', 'library'] as const, random).map((kind) => ({
      transport,
      label: labelOf(transport, kind),
      settings: { ...PACE, durationMs, crowd: kind, clients: FEWER[transport] ?? defaults.clients },
    })),
  );
}

function labelOf(transport: string, kind: Crowd): string {
  return `${transport}, ${kind}`;
}

function servedBy(transport: string, pair: Pair | undefined): Served[] {
  if (pair === undefined) return [];
  const { base: library, other: lean } = pair;
  const cpuRatio = (metricOf(lean, CPU) ?? 0) / (metricOf(library, CPU) ?? 0);
  return [
    { transport, clients: library.clients, lean: countsOf(lean), library: countsOf(library), cpuRatio },
  ];
}

/** Whether one pair alone is too far off, which tells so much less than a table's rounds do. */
function costsUnlike({ cpuRatio }: Served, leastCpu: number): boolean {
  return timesApart(cpuRatio) > 1 + leastCpu * Math.sqrt(defaults.rounds);
}

/** 2 for twice as much and for half as much. */
function timesApart(ratio: number): number {
  return Math.max(ratio, 1 / ratio);
}

function changed(of: (lean: Counts) => Partial<Counts>): (evidence: Crowds) => Crowds {
  return (evidence) => ({
    ...evidence,
    served: evidence.served.map((one) => ({ ...one, lean: { ...one.lean, ...of(one.lean) } })),
  });
}
