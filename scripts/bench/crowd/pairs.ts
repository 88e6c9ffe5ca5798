import type { Bench, Order } from '../../../src/calibrate/bench.ts';
import type { Crowd, Round } from '../../../src/measurements.ts';
import { driverBytesPerClient, driverUsPerMessage } from '../../../src/stats/index.ts';
import type { Scope } from '../scope.ts';

/** One round's cost of a message at both ends. */
interface Figures {
  readonly driverUs: number;
  readonly serverUs: number;
  readonly bytesPerClient: number;
  readonly serverShare: number;
  readonly flags: readonly string[];
}

/** Two rounds, one after the other, that differ in their crowd alone. */
type Pair = Readonly<Record<Crowd, Figures>>;

/** What one transport's crowds came to. */
export interface Outcome {
  readonly transport: string;
  readonly clients: number;
  readonly ratePerSecond: number;
  /** Higher rates that were tried first, at which deliveries were lost. */
  readonly lostAt: readonly number[];
  readonly pairs: readonly Pair[];
  readonly at: string;
}

const RATE_PER_SECOND = 20;
const LEAST_RATE = 1;
const PAIRS = 3;
const FULL = { clients: 1000, durationMs: 1000, warmupMs: 500 };
const QUICK = { clients: 60, durationMs: 300, warmupMs: 100 };

/** What a round under a crowd is like. */
export function sizeOf({ quick }: Scope): typeof FULL {
  return quick ? QUICK : FULL;
}

/** Measures both crowds in pairs, their order swapped each time; at half the rate again where deliveries are lost. */
export async function pairsOf(bench: Bench, transport: string, scope: Scope): Promise<Outcome> {
  const size = sizeOf(scope);
  const lostAt: number[] = [];
  for (let ratePerSecond = RATE_PER_SECOND; ; ratePerSecond /= 2) {
    const settings = { ...size, ratePerSecond };
    const pairs = await pairsAt(bench, transport, settings, scope.quick ? 1 : PAIRS);
    if (pairs === null && ratePerSecond / 2 >= LEAST_RATE) {
      lostAt.push(ratePerSecond);
      continue;
    }
    if (pairs === null) throw new Error(`${transport} loses messages even at ${ratePerSecond} a second`);
    const at = new Date().toISOString().slice(0, 16);
    return { transport, clients: size.clients, ratePerSecond, lostAt, pairs, at };
  }
}

/** Null as soon as anything is lost. */
async function pairsAt(
  bench: Bench,
  transport: string,
  settings: Order['settings'],
  count: number,
): Promise<Pair[] | null> {
  const pairs: Pair[] = [];
  for (let pair = 0; pair < count; pair++) {
    const order: readonly Crowd[] = pair % 2 === 0 ? ['lean', 'library'] : ['library', 'lean'];
    const rounds = await bench.run(
      order.map((crowd) => ({ transport, label: crowd, settings: { ...settings, crowd } })),
    );
    if (rounds.some(hasLost)) return null;
    const of = (crowd: Crowd) => figuresOf(rounds.find((round) => round.transport === crowd));
    pairs.push({ lean: of('lean'), library: of('library') });
    const { lean, library } = pairs[pair] ?? {};
    console.error(
      `  ${transport}: lean ${lean?.driverUs.toFixed(1)} µs, library ${library?.driverUs.toFixed(1)} µs`,
    );
  }
  return pairs;
}

function hasLost({ delivery, flags }: Round): boolean {
  return delivery.lost > 0 || flags.some(({ code }) => code === 'clients-dropped');
}

function figuresOf(round: Round | undefined): Figures {
  if (round === undefined) throw new Error('a pair without one of its rounds');
  const { server, delivery, windowMs, flags } = round;
  const serverCpuUs = server.cpuUserUs + server.cpuSystemUs;
  return {
    driverUs: driverUsPerMessage(round) ?? Number.NaN,
    serverUs: serverCpuUs / delivery.arrivedInWindow,
    bytesPerClient: driverBytesPerClient(round) ?? Number.NaN,
    serverShare: serverCpuUs / windowMs / 1000,
    flags: [...new Set(flags.map(({ code }) => code))],
  };
}
