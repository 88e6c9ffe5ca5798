import { messageOf } from '../errors.ts';
import type { Bound, CapacityStep, Limiter, ResolvedScenario, Round } from '../measurements.ts';
import { driverCoreShare, judgeRound, type RoundVerdict, serverCoreShare } from './verdict.ts';

/** Runs one round; undefined where it was interrupted. */
export type RunRound = () => Promise<Round | undefined>;

/** A round that was judged; null where it could not be run at all. */
interface Judged extends RoundVerdict {
  readonly round: Round | null;
}

/** When more rounds of one load than these are spoilt by chance, the machine is too noisy. */
const MOST_SPOILT = 3;
/** Where the first round is near the edge, so many must agree. */
const AGREEING = 2;

/** Runs rounds of one load until it is clear whether it meets the bounds; undefined where not one round was finished. */
export async function makeStep(
  scenario: ResolvedScenario,
  value: number,
  slo: readonly Bound[],
  runRound: RunRound,
  isTimeOver: () => boolean,
): Promise<CapacityStep | undefined> {
  const judged: Judged[] = [];
  const spoilt: Judged[] = [];
  while (decisive(judged) === undefined && spoilt.length <= MOST_SPOILT) {
    if (judged.length + spoilt.length > 0 && isTimeOver()) break;
    const one = await judgeNext(runRound, slo, scenario);
    if (one === undefined) return undefined;
    (one.verdict === 'chance' ? spoilt : judged).push(one);
  }
  const decided = decisive(judged) ?? judged.at(-1) ?? spoilt.at(-1);
  if (decided === undefined) return undefined;
  return stepOf(scenario, value, decided, { rounds: judged.length, spoilt: spoilt.length });
}

async function judgeNext(
  runRound: RunRound,
  slo: readonly Bound[],
  scenario: ResolvedScenario,
): Promise<Judged | undefined> {
  try {
    const round = await runRound();
    return round === undefined ? undefined : { ...judgeRound(round, slo, scenario), round };
  } catch (error) {
    const why = messageOf(error);
    return { verdict: 'limit', limiter: limiterOf(why), why, isClear: false, round: null };
  }
}

/** What the system says when a round cannot even begin. */
function limiterOf(why: string): Limiter {
  if (/EMFILE|ENFILE/.test(why)) return 'open-files';
  return /EADDRNOTAVAIL/.test(why) ? 'ports' : 'failure';
}

/** The round that the verdict rests on: the first if it is clear, else the last of those that agree. */
function decisive(judged: readonly Judged[]): Judged | undefined {
  const [first] = judged;
  if (judged.length === 1 && first?.isClear) return first;
  const passed = judged.filter(({ verdict }) => verdict === 'pass');
  const stopped = judged.filter(({ verdict }) => verdict !== 'pass');
  if (passed.length >= AGREEING) return passed.at(-1);
  if (stopped.length < AGREEING) return undefined;
  // Where the rounds disagree on who was at its limit, nothing is claimed of the server.
  return stopped.findLast(({ verdict }) => verdict !== 'fail') ?? stopped.at(-1);
}

function stepOf(
  { clients, ratePerSecond }: ResolvedScenario,
  value: number,
  { verdict, limiter, why, round }: Judged,
  counts: Pick<CapacityStep, 'rounds' | 'spoilt'>,
): CapacityStep {
  return {
    value,
    clients,
    ratePerSecond,
    verdict: verdict === 'chance' ? 'limit' : verdict,
    limiter,
    why,
    ...counts,
    ...(round === null ? NO_FIGURES : figuresOf(round)),
  };
}

type Figures = Omit<
  CapacityStep,
  'value' | 'clients' | 'ratePerSecond' | 'verdict' | 'limiter' | 'why' | 'rounds' | 'spoilt'
>;

const NO_FIGURES: Figures = {
  deliveriesPerSecond: null,
  latency: null,
  lost: null,
  serverCoreShare: null,
  driverCoreShare: null,
  drivers: null,
  serverLoopDelayP99Ms: null,
  flags: [],
};

function figuresOf(round: Round): Figures {
  const { delivery, windowMs, latency, server, driver, flags } = round;
  return {
    deliveriesPerSecond: (delivery.arrivedInWindow * 1000) / windowMs,
    latency,
    lost: delivery.lost,
    serverCoreShare: serverCoreShare(round),
    driverCoreShare: driverCoreShare(round),
    drivers: driver.processes,
    serverLoopDelayP99Ms: server.loopDelayP99Ms,
    flags,
  };
}
