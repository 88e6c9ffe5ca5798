import type { Round } from '../measurements.ts';
import { defaults } from '../plan/fields/index.ts';
import type { Variation } from '../run/processes.ts';
import { seededRandom, shuffled } from '../stats/index.ts';
import type { Bench, Order } from './bench.ts';
import { CannotCheck } from './check.ts';
import { leastEffect, type Pair, pairsOf } from './comparing.ts';

/** What is added to every message on purpose. */
export interface Dose {
  readonly cpuUsPerDelivery: number;
  readonly lateMs: number;
}

const QUICK_BLOCKS = 3;
const FULL_BLOCKS = 14;
/** Large enough to be told after three short rounds. */
export const QUICK_DOSE: Dose = { cpuUsPerDelivery: 10, lateMs: 3 };

const gathered = new WeakMap<Bench, Promise<Round[]>>();

/**
 * Blocks of the same against the same, and against the same with twice the drivers; several checks look at them.
 * To save time the quick blocks have no other twin than the one with twice the drivers.
 */
export function sameBlocks(bench: Bench): Promise<Round[]> {
  const found = gathered.get(bench) ?? gatherSame(bench);
  gathered.set(bench, found);
  return found;
}

function gatherSame(bench: Bench): Promise<Round[]> {
  const twice = { driverProcesses: 2 };
  if (!bench.quick) return runBlocks(bench, () => ({ same: {}, twin: {}, twice }), FULL_BLOCKS);
  const slowed = slowedBy(QUICK_DOSE);
  const variants = (block: number) =>
    block < QUICK_BLOCKS ? { same: {}, twice, slowed } : { same: {}, twice };
  return runBlocks(bench, variants, QUICK_BLOCKS);
}

/** Interleaved blocks in which each of a block's variants has one round of the default scenario. */
export function runBlocks(
  bench: Bench,
  variantsOf: (block: number) => Readonly<Record<string, Variation>>,
  blocks: number,
): Promise<Round[]> {
  const random = seededRandom(defaults.seed);
  const settings = { durationMs: bench.quick ? 400 : defaults.durationMs };
  const orders = Array.from({ length: blocks }, (_, index) =>
    shuffled(Object.entries(variantsOf(index + 1)), random).map(
      ([label, variation]): Order => ({
        transport: 'websocket',
        settings,
        label,
        variation,
        block: index + 1,
      }),
    ),
  );
  return bench.run(orders.flat());
}

/** A server that spends so much more on each delivery and is so much later. */
export function slowedBy({ cpuUsPerDelivery, lateMs }: Dose): Variation {
  return { server: { spinUsPerMessage: cpuUsPerDelivery * defaults.clients, lateMs } };
}

/** The pairs of the same against the same. */
export function twinsOf(bench: Bench, rounds: readonly Round[]): readonly Pair[] {
  return enough(pairsOf(rounds, 'same', bench.quick ? 'twice' : 'twin'), rounds);
}

/** The least effects, as shares, that the default number of rounds tells here. */
export interface LeastEffects {
  readonly latencyP50Ms: number;
  readonly serverCpuPerMessageUs: number;
}

/** What a table of this machine prints as its least effects. */
export function leastEffectsOf(pairs: readonly Pair[]): LeastEffects {
  const random = seededRandom(defaults.seed);
  const least = (metric: keyof LeastEffects) => {
    const share = leastEffect(pairs, metric, defaults.rounds, random);
    if (share === undefined) throw new CannotCheck('these rounds tell no least effect');
    return share;
  };
  return { latencyP50Ms: least('latencyP50Ms'), serverCpuPerMessageUs: least('serverCpuPerMessageUs') };
}

const FEWEST_PAIRS = 3;

/** The pairs, or the reason why too few of them are left to compare. */
export function enough(
  pairs: readonly Pair[],
  rounds: readonly Round[],
  fewest = FEWEST_PAIRS,
): readonly Pair[] {
  if (pairs.length >= fewest) return pairs;
  const flags = rounds.flatMap((round) => round.flags.filter(({ fatal }) => fatal));
  throw new CannotCheck(`too few valid rounds: ${flags[0]?.message ?? 'none was finished'}`);
}
