import type { Delivery } from '../../measurements.ts';
import type { Bench } from '../bench.ts';
import type { Check } from '../check.ts';

type Counts = Pick<Delivery, 'expected' | 'delivered' | 'lost' | 'duplicated' | 'reordered'>;

/** What was counted, and what was done. */
export interface Conserved {
  readonly counted: Counts;
  readonly done: Counts;
}

const ONE_IN = 10;
const CLIENTS = 10;
const RATE = 100;

/** Messages are dropped, repeated and sent in the wrong order on purpose: each must be counted, and nothing else. */
export const conservation: Check<Conserved> = {
  name: 'conservation',
  meaning: 'lost, repeated and reordered messages are counted one by one',
  expectedMs: { quick: 300, full: 2000 },
  onlyCounts: true,
  async gather(bench: Bench) {
    const durationMs = bench.quick ? 400 : 1000;
    const server = { dropOneIn: ONE_IN, repeatOneIn: ONE_IN, swapOneIn: ONE_IN };
    const variation = { server, cold: true, drainMs: 500 };
    const settings = { clients: CLIENTS, ratePerSecond: RATE, durationMs };
    const [round] = await bench.run([{ transport: 'websocket', outside: true, settings, variation }]);
    if (round === undefined) throw new Error('the sabotaged round did not end');
    const expected = ((RATE * durationMs) / 1000) * CLIENTS;
    const each = expected / ONE_IN;
    const done = { expected, delivered: expected - each, lost: each, duplicated: each, reordered: each };
    return { counted: round.delivery, done };
  },
  judge({ counted, done }) {
    const faults = (['expected', 'delivered', 'lost', 'duplicated', 'reordered'] as const)
      .filter((kind) => counted[kind] !== done[kind])
      .map((kind) => `${counted[kind]} ${kind} were counted where there were ${done[kind]}`);
    const { lost, duplicated, reordered } = counted;
    return {
      figure: `${lost} lost, ${duplicated} repeated, ${reordered} reordered of ${done.expected}`,
      faults,
    };
  },
  mutants: [
    { what: 'duplicates are not seen', of: change(() => ({ duplicated: 0 })) },
    { what: 'one loss is overlooked', of: change(({ lost }) => ({ lost: lost - 1 })) },
    { what: 'order is not looked at', of: change(() => ({ reordered: 0 })) },
    {
      what: 'duplicates make up for losses',
      of: change(({ expected }) => ({ delivered: expected, lost: 0 })),
    },
  ],
};

function change(of: (counted: Counts) => Partial<Counts>): (evidence: Conserved) => Conserved {
  return ({ counted, done }) => ({ done, counted: { ...counted, ...of(counted) } });
}
