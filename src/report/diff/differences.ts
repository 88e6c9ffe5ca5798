import type {
  ApplicationName,
  ApplicationSettings,
  Machine,
  Report,
  ResolvedScenario,
} from '../../measurements.ts';
import { transportsOf } from '../../stats/index.ts';
import { nameOf } from '../words/labels.ts';
import { clean, cut, listed } from '../words/text.ts';

/** A report and the file it is from. */
export interface Side {
  readonly file: string;
  readonly report: Report;
}

/** What makes the work another one. */
const WORK = [
  ...['application', 'clients', 'ratePerSecond', 'arrivals', 'payloadBytes', 'payloadKind', 'tls'],
  ...['rttMs', 'jitterMs', 'bandwidthBitsPerSecond', 'pollIntervalMs', 'holdMs', 'longpollBatch'],
  ...['heartbeatMs', 'socketioAgent', 'headers', 'phases', 'transports'],
  ...['heartbeatTimeoutMs', 'recovery', 'faults', 'nodes', 'adapter', 'redis', 'redisClient'],
  ...['redisErrors', 'balancer', 'sticky', 'balancerMistake'],
] as const;

/** The same of single applications; the others do not read it. */
const WORK_OF: Readonly<Partial<Record<ApplicationName, readonly (keyof ApplicationSettings)[]>>> = {
  chat: ['roomSize', 'history', 'historyMode', 'historyLast'],
  exchange: ['symbols', 'subscriptions', 'conflate'],
  multiplex: ['channels', 'multiplex', 'slowChannel'],
  churn: ['churnPerSecond', 'stormShare'],
};

/** What only decides how long and in which order the same work is measured. */
const MEASURING = ['durationMs', 'warmupMs', 'seed'] as const;
/** Another crowd loads the driver otherwise, and is the same to the server: `calibrate` holds it to that. */
const CROWD = ['crowd'] as const;
const MACHINE = ['cpu', 'cores', 'memoryBytes', 'os', 'node', 'isolation', 'pinning'] as const;

/** The settings that make two scenarios different work, each with both values. */
export function workDifferences(before: ResolvedScenario, after: ResolvedScenario): string[] {
  return changed([...WORK, ...(WORK_OF[before.application] ?? [])], before, after);
}

/** What else differs between two reports and may be what the ratios show, in sentences. */
export function differencesOf(before: Side, after: Side): string[] {
  const [first, second] = [before.report, after.report];
  if (JSON.stringify(first) === JSON.stringify(second)) {
    return ['Both are the same report, so nothing can have changed.'];
  }
  const machine = [
    ...changed(MACHINE, first.machine, second.machine),
    ...changedPackages(first.machine, second.machine),
    ...changed(['rtbench'], first, second),
  ];
  const hasCrowd = [first, second].some(({ scenario }) => scenario.clients > scenario.witnesses);
  const measuring = changed([...MEASURING, ...(hasCrowd ? CROWD : [])], first.scenario, second.scenario);
  return [
    ...(machine.length === 0 ? [] : [`What they were measured on or with differs: ${listed(machine)}.`]),
    ...(measuring.length === 0 ? [] : [`The same work was measured differently: ${listed(measuring)}.`]),
    ...[before, after].flatMap(({ file, report }) => shortfalls(cut(clean(file), 40), report)),
    ...absences(before, after),
  ];
}

function shortfalls(file: string, { interrupted, failure, rounds }: Report): string[] {
  const invalid = rounds.filter(({ valid }) => !valid).length;
  return [
    ...(interrupted || failure !== null ? [`${file} ended before its last round.`] : []),
    ...(invalid === 0 ? [] : [`${file}: ${invalid} of ${rounds.length} rounds are invalid and left out.`]),
  ];
}

function absences(before: Side, after: Side): string[] {
  return [[before, after] as const, [after, before] as const].flatMap(([one, other]) => {
    const known = measuredIn(other.report);
    const missing = measuredIn(one.report).filter((name) => !known.includes(name));
    const names = listed(missing.map(nameOf));
    return missing.length === 0 ? [] : [`Only ${cut(clean(one.file), 40)} has valid rounds of ${names}.`];
  });
}

/** Those with a valid round. */
export function measuredIn({ rounds }: Report): readonly string[] {
  return transportsOf(rounds.filter(({ valid }) => valid));
}

function changedPackages({ packages: first }: Machine, { packages: second }: Machine): string[] {
  const names = Object.keys({ ...first, ...second });
  return names
    .filter((name) => first[name] !== second[name])
    .map((name) => `${shown(name)} (${shown(first[name] ?? 'none')}, ${shown(second[name] ?? 'none')})`);
}

function changed<Key extends string>(
  keys: readonly Key[],
  before: Readonly<Partial<Record<Key, unknown>>>,
  after: Readonly<Partial<Record<Key, unknown>>>,
): string[] {
  return keys.flatMap((key) => {
    const [first, second] = [before[key], after[key]].map((value) =>
      typeof value === 'string' ? value : JSON.stringify(value),
    );
    return first === second ? [] : [`${key} (${shown(first ?? 'none')}, ${shown(second ?? 'none')})`];
  });
}

function shown(value: string): string {
  return cut(clean(value), 40);
}
