import { isSilent } from '../../applications/index.ts';
import { roundTripMs } from '../../instrument/link/way.ts';
import type { Delivery, Flag, FlagCode, HostLoad } from '../../measurements.ts';
import { transportOptions } from '../../plan/transport-options.ts';
import { carrierOf } from '../carrier.ts';
import { coreShare, cpuUs, type Evidence, edges, latest, total } from './evidence.ts';
import { unheardOf } from './parts/cluster.ts';
import { percent } from './words.ts';

/** Every reason to doubt a round, in the words a reader sees; each names its cause and figure. */
export function judge(evidence: Evidence, delivery: Delivery, host: HostLoad): Flag[] {
  return [
    ...deliveryFlags(evidence, delivery),
    ...loadFlags(evidence),
    ...linkFlags(evidence),
    ...hostFlags(host),
    ...steadinessFlags(evidence),
    ...sampleFlags(evidence, delivery),
    ...silenceFlags(evidence),
  ];
}

function deliveryFlags(evidence: Evidence, { expected, conflated, lost, misdirected }: Delivery): Flag[] {
  const { transport, scenario, spoken, connected } = evidence;
  const flags: Flag[] = [];
  // What no adapter passes on to other nodes is told of the nodes, and no doubt.
  if (lost > (unheardOf(scenario, spoken) ?? lost)) {
    flags.push(fatal('messages-lost', `${lost} of ${expected} deliveries never arrived`));
  }
  const surplus = total(evidence, (share) => share.delivered + share.unreadable) + conflated - expected;
  if (surplus > 0) {
    flags.push(fatal('messages-unexpected', `${surplus} more messages arrived than were meant for anyone`));
  }
  if (misdirected > 0) {
    const message = `${misdirected} messages reached clients that they were not meant for`;
    flags.push(fatal('messages-misdirected', message));
  }
  const reasons = [evidence.witness, ...evidence.drivers].flatMap((share) => Object.entries(share.dropped));
  const dropped = reasons.reduce((sum, [, many]) => sum + many, 0);
  if (dropped > 0) {
    flags.push(fatal('clients-dropped', `${dropped} clients lost their connection: ${reasons[0]?.[0]}`));
  }
  const absent = total(evidence, ({ churn }) => (churn ? churn.leaves + churn.cuts - churn.joins : 0));
  if (absent > 0) flags.push(fatal('clients-dropped', `${absent} clients that had left could not come back`));
  const carrier = carrierOf(transport, scenario);
  const right = connected.carrying[carrier] ?? 0;
  if (right < scenario.clients) {
    const found = Object.entries(connected.carrying).map(([name, many]) => `${many} by ${name}`);
    const message = `only ${right} of ${scenario.clients} clients were carried by ${carrier}`;
    flags.push(fatal('transport-mismatch', `${message} (${found.join(', ') || 'none by anything'})`));
  }
  return flags;
}

const BUSY_SHARE = { doubtful: 0.75, fatal: 0.9 };
const LATE_MS = { doubtful: 25, fatal: 250 };
const SLIP_MS = { doubtful: 10, fatal: 50 };

function loadFlags(evidence: Evidence): Flag[] {
  const { server, witness, drivers, scenario } = evidence;
  // Where nothing is said no latency is measured: then only a driver without time is at fault.
  const lateness = (lateMs: number) => (isSilent(scenario) ? 0 : lateMs);
  const witnessShare = coreShare(witness.readings);
  const driver = {
    share: clientsCoreShare(evidence),
    lateMs: lateness(Math.max(0, ...drivers.map(({ loopDelayP99Ms }) => loopDelayP99Ms))),
  };
  const flags: Flag[] = [];
  if (drivers.length > 0 && isBusy(driver, 'doubtful')) {
    const holds = isSilent(scenario)
      ? 'clients may be heard from too seldom'
      : "latency holds the load generator's own queue";
    const message = `the drivers ${tellBusy(driver)}: ${holds}`;
    flags.push({ code: 'driver-saturated', message, fatal: isBusy(driver, 'fatal') });
  }
  const watching = { share: witnessShare, lateMs: lateness(witness.loopDelayP99Ms) };
  if (isBusy(watching, 'doubtful')) {
    const message = `the witnesses ${tellBusy(watching)}: latency is theirs in part`;
    flags.push({ code: 'witness-late', message, fatal: isBusy(watching, 'fatal') });
  }
  const serving = { share: coreShare(server.readings), lateMs: server.loopDelayP99Ms };
  const [slipP90Ms, slipP99Ms] = [latest(evidence, 'slipP90Ms'), latest(evidence, 'slipP99Ms')];
  if (slipP99Ms > SLIP_MS.doubtful) {
    const message = `messages were published up to ${ms(slipP99Ms)} after they were due (one in ten by ${ms(slipP90Ms)} or more)`;
    // A server that is busy with sending is late by its own doing: that is a finding.
    const unexplained = serving.share < BUSY_SHARE.doubtful;
    flags.push({
      code: 'generator-slipped',
      message,
      fatal: unexplained && slipP90Ms > SLIP_MS.fatal,
    });
  }
  if (isBusy(serving, 'fatal')) flags.push(doubtful('server-saturated', `the server ${tellBusy(serving)}`));
  return flags;
}

/** How near the clients' side is to its limit: the busiest driver's share of a core, or the share of all their cores. */
export function clientsCoreShare({ witness, drivers, relay, balancer, clientCores }: Evidence): number {
  const driverShares = drivers.map(({ readings }) => coreShare(readings));
  const passing = [relay?.readings ?? null, balancer].filter((readings) => readings !== null);
  const beside = [witness.readings, ...passing].map(coreShare);
  // Drivers that share a core with each other, the witnesses and what passes their messages on are at their limit before any of them fills it.
  const crowded = [...driverShares, ...beside].reduce((sum, share) => sum + share);
  return Math.max(crowded / clientCores, ...driverShares);
}

/** How much of its core a process used, and how late its loop ran. */
interface Busyness {
  readonly share: number;
  readonly lateMs: number;
}

function isBusy({ share, lateMs }: Busyness, degree: 'doubtful' | 'fatal'): boolean {
  return share > BUSY_SHARE[degree] || lateMs > LATE_MS[degree];
}

function tellBusy({ share, lateMs }: Busyness): string {
  const late = lateMs === 0 ? '' : ` and ran up to ${ms(lateMs)} late`;
  return `used ${percent(share)} of a core${late}`;
}

/** How late the relay may be: beyond both limits, of time and of the way's own share. */
const LINK_LATE = { doubtful: { ms: 2, share: 0.1 }, fatal: { ms: 10, share: 0.5 } };

function linkFlags({ relay, scenario }: Evidence): Flag[] {
  if (relay === null) return [];
  const { lateP50Ms, lateP99Ms } = relay.link;
  const wayMs = roundTripMs(scenario) - scenario.rttMs / 2;
  const late = (degree: 'doubtful' | 'fatal') =>
    lateP99Ms > Math.max(LINK_LATE[degree].ms, LINK_LATE[degree].share * wayMs);
  if (!late('doubtful')) return [];
  const message = `the relay released one in a hundred ${ms(lateP99Ms)} or more after it was due (half of all within ${lateP50Ms.toFixed(2)} ms): latency holds that too`;
  return [{ code: 'link-late', message, fatal: late('fatal') }];
}

const OTHER_CORES = { doubtful: 0.15, fatal: 0.85 };
const STEAL_CORES = { doubtful: 0.1, fatal: 0.85 };
const YARDSTICK_MOVED = 0.15;

function hostFlags({ otherCores, stealCores, yardstickBeforeUs, yardstickAfterUs }: HostLoad): Flag[] {
  const flags: Flag[] = [];
  if (otherCores !== null && otherCores > OTHER_CORES.doubtful) {
    const message = `other programs used ${percent(otherCores)} of a core during the window`;
    flags.push({ code: 'noisy-host', message, fatal: otherCores > OTHER_CORES.fatal });
  }
  if (stealCores !== null && stealCores > STEAL_CORES.doubtful) {
    const message = `the hypervisor took ${percent(stealCores)} of a core during the window`;
    flags.push({ code: 'noisy-host', message, fatal: stealCores > STEAL_CORES.fatal });
  }
  const moved = yardstickAfterUs / yardstickBeforeUs - 1;
  if (Math.abs(moved) > YARDSTICK_MOVED) {
    const direction = moved > 0 ? 'slower' : 'faster';
    flags.push(
      doubtful(
        'speed-drifted',
        `the server's core became ${percent(Math.abs(moved))} ${direction} during the round`,
      ),
    );
  }
  return flags;
}

const CLIMB = { doubtful: { ratio: 1.5, ms: 5 }, fatal: { ratio: 2.5, ms: 50 } };
const WARMING_FALL = 0.3;
const WARMING_LEAST_US = 20_000;

function steadinessFlags(evidence: Evidence): Flag[] {
  // A load that changes on purpose changes latency and cost with it, and so does a storm in the middle.
  if (evidence.scenario.phases.length > 0) return [];
  if (total(evidence, ({ churn }) => churn?.cuts ?? 0) > 0) return [];
  const flags: Flag[] = [];
  const [first, second] = ([0, 1] as const).map((half) => {
    const count = total(evidence, (share) => share.halves[half].count);
    // A half without a message has no latency that the other could have risen from.
    return count === 0 ? undefined : total(evidence, (share) => share.halves[half].sumUs) / count / 1000;
  });
  const climbs = (limit: { ratio: number; ms: number }) =>
    first !== undefined && second !== undefined && second > first * limit.ratio && second - first > limit.ms;
  if (climbs(CLIMB.doubtful)) {
    const message = `mean latency rose from ${ms(first)} to ${ms(second)} within the window: the load may be more than can be carried`;
    flags.push({ code: 'not-stationary', message, fatal: climbs(CLIMB.fatal) });
  }
  if (isSilent(evidence.scenario)) return flags;
  const [start, middle, end] = edges(evidence.server.readings);
  const [early, late] = ([0, 1] as const).map((half) => {
    const used = half === 0 ? cpuUs(start, middle) : cpuUs(middle, end);
    return used / total(evidence, (share) => share.arrivedInHalves[half]);
  });
  if (early !== undefined && late !== undefined && cpuUs(start, end) > WARMING_LEAST_US) {
    const fall = 1 - late / early;
    if (fall > WARMING_FALL) {
      flags.push(
        doubtful(
          'still-warming',
          `server CPU per message fell by ${percent(fall)} between the window's halves`,
        ),
      );
    }
  }
  return flags;
}

const LEAST_SAMPLES = 200;

function sampleFlags({ witness, scenario }: Evidence, { published }: Delivery): Flag[] {
  if (witness.delivered >= LEAST_SAMPLES || isSilent(scenario)) return [];
  if (published === 0) return [doubtful('too-few-samples', 'by chance no message was due in the window')];
  const message = `${witness.delivered} latency samples a round: too few for a 99th percentile (${LEAST_SAMPLES}); lengthen --duration`;
  return [doubtful('too-few-samples', message)];
}

/** Where nothing is said, all that is counted are signs of life, and a window may hold one too many or too few. */
function silenceFlags({ transport, scenario }: Evidence): Flag[] {
  const beatMs = transport.beatMs(transportOptions(scenario));
  const { durationMs } = scenario;
  if (!isSilent(scenario) || durationMs % beatMs === 0) return [];
  const message = `the window of ${ms(durationMs)} is no multiple of the ${ms(beatMs)} after which ${transport.name} hears from a silent client`;
  return [doubtful('window-uneven', message)];
}

function fatal(code: FlagCode, message: string): Flag {
  return { code, message, fatal: true };
}

function doubtful(code: FlagCode, message: string): Flag {
  return { code, message, fatal: false };
}

function ms(value = 0): string {
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ms`;
}
