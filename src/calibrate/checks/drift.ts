import { RoleProcess } from '../../instrument/role-process.ts';
import type { YardstickCalls } from '../../instrument/yardstick.ts';
import type { Estimate, Round } from '../../measurements.ts';
import { percent } from '../../run/judge/words.ts';
import { estimate, medianOf } from '../../stats/index.ts';
import type { Bench } from '../bench.ts';
import { sameBlocks, twinsOf } from '../blocks.ts';
import type { Check } from '../check.ts';

/** How steady cost and machine were, and what a neighbour on the server's core did. */
export interface Steadiness {
  readonly quick: boolean;
  /** Cost per message in the window's second half over the first. */
  readonly halves: Estimate;
  /** The yardstick over all rounds: from the fastest to the slowest, as a share of the middle. */
  readonly yardstickSpread: number;
  /** A round with a neighbour; null where nothing can be held to a core. */
  readonly neighbour: { readonly yardstickRatio: number; readonly codes: readonly string[] } | null;
}

const HALVES_APART = 0.15;
const NEIGHBOUR_SLOWS = 1.15;

/** Warm code costs the same in both halves of a window, and a core that becomes slower is noticed. */
export const drift: Check<Steadiness> = {
  name: 'drift',
  meaning: 'code is warm before the window, and a core that slows down is noticed',
  expectedMs: { quick: 1600, full: 2500 },
  async gather(bench: Bench) {
    const rounds = await sameBlocks(bench);
    const halves = estimate(
      twinsOf(bench, rounds).flatMap(({ base, other }) => [base, other].flatMap(halvesRatio)),
    );
    if (halves === undefined) throw new Error('no round told the cost of its halves');
    const yardsticksUs = rounds.flatMap(({ host }) => [host.yardstickBeforeUs, host.yardstickAfterUs]);
    const spread = Math.max(...yardsticksUs) - Math.min(...yardsticksUs);
    const yardstickSpread = spread / (medianOf(yardsticksUs) ?? 1);
    return { quick: bench.quick, halves, yardstickSpread, neighbour: await withNeighbour(bench) };
  },
  judge({ quick, halves, yardstickSpread, neighbour }) {
    const { median, low, high } = halves;
    const fell = (high ?? median) < 1 - HALVES_APART;
    // So short a window begins with caches still hot from the hurried warm-up: its cost rises, and that is not cold code.
    const rose = !quick && (low ?? median) > 1 + HALVES_APART;
    const apart = fell || rose;
    const codes = neighbour?.codes ?? [];
    const noticed =
      neighbour === null ||
      (neighbour.yardstickRatio > NEIGHBOUR_SLOWS &&
        (codes.includes('noisy-host') || codes.includes('speed-drifted')));
    const told =
      neighbour === null
        ? 'no neighbour without taskset and a second core'
        : `a neighbour makes the yardstick × ${neighbour.yardstickRatio.toFixed(2)}`;
    return {
      figure: `halves × ${median.toFixed(2)}, yardstick within ${percent(yardstickSpread)}; ${told}`,
      faults: [
        ...(apart
          ? [`cost per message in a window's second half was ${median.toFixed(2)} of the first's`]
          : []),
        ...(noticed ? [] : ["a busy neighbour on the server's core was not noticed"]),
      ],
    };
  },
  mutants: [
    {
      what: 'the first half counts the warm-up too',
      of: (evidence) => ({ ...evidence, halves: { median: 0.6, low: 0.55, high: 0.7 } }),
    },
    {
      what: 'the yardstick stands on another core',
      of: (evidence) => ({
        ...evidence,
        neighbour: { yardstickRatio: 1, codes: evidence.neighbour?.codes ?? [] },
      }),
    },
    {
      what: 'no flag is raised',
      of: (evidence) => ({
        ...evidence,
        neighbour: { yardstickRatio: evidence.neighbour?.yardstickRatio ?? 2, codes: [] },
      }),
    },
  ],
};

function halvesRatio({ server: { halvesCpuPerMessageUs } }: Round): number[] {
  const [first, second] = halvesCpuPerMessageUs;
  return first === null || second === null || first === 0 ? [] : [second / first];
}

/** A round during whose window a busy program moves in on the server's core and stays until the round is over. */
async function withNeighbour(bench: Bench): Promise<Steadiness['neighbour']> {
  const cores = bench.pinning?.server;
  if (cores === undefined) return null;
  let neighbour: RoleProcess<YardstickCalls> | undefined;
  const meanwhile = async () => {
    neighbour = new RoleProcess<YardstickCalls>('yardstick', cores);
    // It never answers; it ends when the round is over.
    neighbour.ask('spin', null).catch(() => undefined);
  };
  try {
    const settings = { durationMs: bench.quick ? 400 : 1000 };
    const [round] = await bench.run([{ transport: 'websocket', settings, meanwhile }]);
    if (round === undefined) throw new Error('the round with a neighbour did not end');
    const { yardstickBeforeUs, yardstickAfterUs } = round.host;
    return {
      yardstickRatio: yardstickAfterUs / yardstickBeforeUs,
      codes: round.flags.map(({ code }) => code),
    };
  } finally {
    await neighbour?.end();
  }
}
