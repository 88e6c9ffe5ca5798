import type { Bench } from '../../../src/calibrate/bench.ts';
import type { Round } from '../../../src/measurements.ts';
import { withBench } from '../instrument.ts';
import type { Add } from '../rows.ts';
import type { Scope } from '../scope.ts';
import { sizeOf } from './pairs.ts';

const FIRST_RATE = 40;
/** What is asked of the driver is asked at this share: at more, something else is asked. */
const WANTED = { least: 0.8, aim: 0.82, most: 0.85 };
/** Else messages come by the hundred in an answer, which costs whoever reads them and nobody else. */
const POLL_INTERVAL_MS = 100;
const MOST_STEP = 3;
const MOST_ROUNDS = 8;

/** A server's load changed until it uses most of its core, and what became of the driver then. */
interface Climb {
  readonly ratePerSecond: number;
  readonly serverShare: number;
  readonly round: Round;
}

/** Whether a lean crowd loads each transport's server near its limit without coming to its own. */
export function saturation(add: Add, scope: Scope): Promise<void> {
  return withBench(async (bench) => {
    for (const transport of scope.transports) judge(add, transport, await climb(bench, transport, scope));
  });
}

/** The first round near enough to what is wanted; after too many tries the nearest, whatever became of its driver. */
async function climb(bench: Bench, transport: string, scope: Scope): Promise<Climb> {
  const tried: Climb[] = [];
  let ratePerSecond = FIRST_RATE;
  for (let step = 1; ; step++) {
    const settings = {
      ...sizeOf(scope),
      ratePerSecond,
      pollIntervalMs: POLL_INTERVAL_MS,
      crowd: 'lean' as const,
    };
    const [round] = await bench.run([{ transport, settings }]);
    if (round === undefined) throw new Error('no round');
    const serverShare = (round.server.cpuUserUs + round.server.cpuSystemUs) / round.windowMs / 1000;
    console.error(`  ${transport}: ${ratePerSecond} msg/s a client, server at ${percent(serverShare)}`);
    const now = { ratePerSecond, serverShare, round };
    tried.push(now);
    if (awayFromWanted(now) === 0 || (serverShare < WANTED.least && isDriverOver(round))) return now;
    if (step === (scope.quick ? 1 : MOST_ROUNDS))
      return tried.reduce((best, one) => (awayFromWanted(one) < awayFromWanted(best) ? one : best));
    ratePerSecond = Math.round(ratePerSecond * Math.min(MOST_STEP, WANTED.aim / serverShare));
  }
}

/** Less than is wanted proves nothing, so that it is further away than anything more. */
function awayFromWanted({ serverShare }: Climb): number {
  if (serverShare < WANTED.least) return 1 + WANTED.least - serverShare;
  return Math.max(0, serverShare - WANTED.most);
}

function judge(add: Add, transport: string, { ratePerSecond, serverShare, round }: Climb): void {
  const { driver, windowMs, delivery } = round;
  const perSecond = Math.round((delivery.arrivedInWindow / windowMs) * 1000).toLocaleString('en-US');
  const spent = percent(driver.cpuUs / windowMs / 1000 / driver.processes);
  const figure = `server ${percent(serverShare)}, driver ${spent} of a core at ${ratePerSecond} msg/s (${perSecond} deliveries/s)`;
  const isOver = isDriverOver(round);
  add(
    `${transport}: server at its limit, driver not`,
    isOver ? `${figure}: driver saturated` : figure,
    'at 80%, no fatal driver flag',
    serverShare >= WANTED.least && !isOver,
  );
}

function isDriverOver({ flags }: Round): boolean {
  return flags.some(({ code, fatal }) => fatal && code === 'driver-saturated');
}

function percent(share: number): string {
  return `${(share * 100).toFixed(0)}%`;
}
