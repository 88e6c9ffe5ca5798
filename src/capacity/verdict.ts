import type { Bound, CapacityStep, FlagCode, Limiter, Round } from '../measurements.ts';
import { percent } from '../run/judge/words.ts';
import { meets } from './slo.ts';

/** What one round says of its load; `chance` is a round that says nothing. */
export interface RoundVerdict {
  readonly verdict: CapacityStep['verdict'] | 'chance';
  readonly limiter: Limiter | null;
  readonly why: string;
  /** So far from the edge that no second round is needed. */
  readonly isClear: boolean;
}

/** How much of a bound a figure may take, and by how much it must be beyond it, to need no second round. */
const CLEAR = { within: 0.8, beyond: 1.5 };
const BUSY_SHARE = { full: 0.9, much: 0.75, some: 0.5 };
const LOOP_LATE_MS = 25;
/** Of what a link carries. */
const FULL_LINK = 0.9;

/** Flags of a load that somebody feels. */
const STRAINED: readonly FlagCode[] = [
  'driver-saturated',
  'witness-late',
  'generator-slipped',
  'server-saturated',
  'not-stationary',
  'link-late',
];

/** Judges one round by the bounds, and says who was at its limit where it does not meet them. */
export function judgeRound(
  round: Round,
  slo: readonly Bound[],
  { bandwidthBitsPerSecond }: { readonly bandwidthBitsPerSecond: number },
): RoundVerdict {
  const crossed = slo.filter((bound) => !isMet(round, bound));
  const fatal = round.flags.filter((flag) => flag.fatal);
  // Other programs only make a round worse, and so do drivers beside a full server: one that is good in spite of them is good.
  const excused = serverCoreShare(round) >= BUSY_SHARE.full ? [...OUTSIDE, ...OF_THE_CLIENTS] : OUTSIDE;
  const troubles = fatal.filter(({ code }) => !excused.includes(code));
  if (crossed.length === 0 && troubles.length === 0) {
    const isClear =
      slo.every((bound) => (figureOf(round, bound) ?? Infinity) <= bound.limit * CLEAR.within) &&
      !round.flags.some(({ code }) => STRAINED.includes(code));
    return { verdict: 'pass', limiter: null, why: 'within the bounds', isClear };
  }
  const noises = round.flags.filter(({ code }) => code === 'noisy-host');
  const noise = noises.find((flag) => flag.fatal) ?? noises[0];
  if (noise !== undefined && (noise.fatal || isByChance(round, crossed)))
    return { verdict: 'chance', limiter: 'noise', why: noise.message, isClear: false };
  const unknown = crossed.find((bound) => figureOf(round, bound) === null);
  const cause =
    fullServer(round) ??
    fatalInstrument(round) ??
    culprit(round, crossed, bandwidthBitsPerSecond) ??
    (unknown === undefined
      ? unexplained(round, crossed)
      : { limiter: 'noise' as const, why: `too few samples for ${unknown.figure}` });
  const verdict = OF_THE_SERVER.includes(cause.limiter) ? 'fail' : 'limit';
  const isFar = crossed.some((bound) => (figureOf(round, bound) ?? 0) > bound.limit * CLEAR.beyond);
  return { verdict, ...cause, isClear: cause.limiter === 'server-cpu' && isFar };
}

const OUTSIDE: readonly FlagCode[] = ['noisy-host'];
const OF_THE_CLIENTS: readonly FlagCode[] = ['driver-saturated', 'witness-late'];

/** What ends a search with an answer about the server and its way to the clients; anything else leaves it open. */
const OF_THE_SERVER: readonly Limiter[] = ['server-cpu', 'server-loop', 'latency', 'loss', 'bandwidth'];

interface Cause {
  readonly limiter: Limiter;
  readonly why: string;
}

/** A server without a tenth of its core to spare is at its limit, whatever else is at its own. */
function fullServer(round: Round): Cause | undefined {
  if (serverCoreShare(round) < BUSY_SHARE.full) return undefined;
  return { limiter: 'server-cpu', why: whoWasBusy(round) };
}

function whoWasBusy(round: Round): string {
  const [server, clients] = [serverCoreShare(round), driverCoreShare(round)].map(percent);
  return `the server used ${server} of its core, the clients' side ${clients} of its own`;
}

/** An instrument at its limit: the round tells nothing of the server. */
function fatalInstrument({ flags }: Round): Cause | undefined {
  const instruments: Partial<Record<FlagCode, Limiter>> = {
    'driver-saturated': 'driver',
    'witness-late': 'driver',
    'link-late': 'relay',
    'generator-slipped': 'generator',
  };
  for (const { code, fatal, message } of flags) {
    const limiter = instruments[code];
    if (fatal && limiter !== undefined) return { limiter, why: message };
  }
  return undefined;
}

/** Who was at its limit, the surest first. */
function culprit(round: Round, crossed: readonly Bound[], bandwidth: number): Cause | undefined {
  const flag = (...codes: FlagCode[]) => round.flags.find(({ code }) => codes.includes(code));
  const share = serverCoreShare(round);
  const used = whoWasBusy(round);
  if (crossed.some(({ figure }) => figure === 'cpu')) return { limiter: 'server-cpu', why: used };
  const slippedMs = round.server.slipP99Ms;
  // What is said too late by a busy server is too late before any client has a part in it.
  if (share > BUSY_SHARE.much && crossed.some(({ limit }) => slippedMs > limit)) {
    const when = `one message in a hundred was published ${Math.round(slippedMs)} ms or more after it was due`;
    return { limiter: 'server-cpu', why: `${used}, and ${when}` };
  }
  const late = round.server.loopDelayP99Ms;
  const loop = {
    limiter: 'server-loop' as const,
    why: `the server's loop ran up to ${Math.round(late)} ms late`,
  };
  if (flag('server-saturated') !== undefined) return loop;
  const burst = slowerInBursts(round, crossed);
  if (burst !== undefined) return burst;
  const driver = flag('driver-saturated', 'witness-late');
  if (driver !== undefined) return { limiter: 'driver', why: driver.message };
  const relay = flag('link-late');
  if (relay !== undefined) return { limiter: 'relay', why: relay.message };
  const bits = (round.bytes.appDown * 8000) / round.windowMs / round.clients;
  if (bandwidth > 0 && bits > bandwidth * FULL_LINK) {
    return { limiter: 'bandwidth', why: `each client's link was ${percent(bits / bandwidth)} full` };
  }
  const lost = flag(
    'messages-lost',
    'clients-dropped',
    'messages-unexpected',
    'messages-misdirected',
    'transport-mismatch',
  );
  if (lost !== undefined) return { limiter: 'loss', why: lost.message };
  if (late > LOOP_LATE_MS) return loop;
  if (share > BUSY_SHARE.much) return { limiter: 'server-cpu', why: used };
  const slipped = flag('generator-slipped');
  return slipped === undefined ? undefined : { limiter: 'generator', why: slipped.message };
}

function unexplained(round: Round, crossed: readonly Bound[]): Cause {
  const [bound] = crossed;
  const what =
    bound === undefined
      ? round.flags.find(({ fatal }) => fatal)?.message
      : `${bound.figure} was ${Number((figureOf(round, bound) ?? 0).toPrecision(3))} ms`;
  return { limiter: 'latency', why: `${what}, while ${whoWasBusy(round)}` };
}

/** How much of a bound may go by while one message is passed on to all that it is for. */
const BURST = 0.5;

/** Who takes longer for one message to many, where that takes long: on average both have room, and meanwhile neither. */
function slowerInBursts(round: Round, crossed: readonly Bound[]): Cause | undefined {
  // Where clients ask in vain, time goes by for more than messages.
  if (round.emptyResponses > 0) return undefined;
  const each = round.windowMs / Math.max(1, round.delivery.published);
  const [serverMs, clientsMs] = [serverCoreShare(round) * each, driverCoreShare(round) * each];
  const longestMs = Math.max(serverMs, clientsMs);
  if (!crossed.some(({ figure, limit }) => figure !== 'cpu' && longestMs > limit * BURST)) return undefined;
  const why = `each message to everyone takes the server ${Math.round(serverMs)} ms and the clients' side ${Math.round(clientsMs)} ms`;
  return { limiter: serverMs >= clientsMs ? 'server-loop' : 'driver', why };
}

function isMet(round: Round, bound: Bound): boolean {
  const value = figureOf(round, bound);
  return value !== null && meets(value, bound);
}

function figureOf(round: Round, { figure }: Bound): number | null {
  return figure === 'cpu' ? serverCoreShare(round) : round.latency[`${figure}Ms`];
}

/** Nobody of ours was busy and most messages were quick: what went wrong was not our load's doing. */
function isByChance(round: Round, crossed: readonly Bound[]): boolean {
  const { p50Ms } = round.latency;
  const quick = crossed.every(({ figure, limit }) => figure === 'cpu' || (p50Ms ?? 0) < limit * CLEAR.within);
  return quick && serverCoreShare(round) < BUSY_SHARE.much && driverCoreShare(round) < BUSY_SHARE.some;
}

/** How much of its core the server used in the window. */
export function serverCoreShare({ server, windowMs }: Round): number {
  return (server.cpuUserUs + server.cpuSystemUs) / (windowMs * 1000);
}

/** How near the clients' side was to its limit. */
export function driverCoreShare({ driver }: Round): number {
  return driver.coreShare ?? 0;
}
