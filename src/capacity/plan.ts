import { isSilent } from '../applications/index.ts';
import type { Transport } from '../contracts.ts';
import { type Bound, type Limiter, type ResolvedScenario, VARY, type Vary } from '../measurements.ts';
import { fields } from '../plan/fields/index.ts';
import { MAX_RATE, peakRateOf } from '../plan/fields/phases.ts';
import { checkLimits, MAX_DELIVERIES } from '../plan/limits/index.ts';
import { type Facts, mostClients } from '../plan/limits/open-files.ts';
import { makePlan, type Request, witnessCount } from '../plan/make.ts';
import type { Isolate } from '../plan/plan.ts';
import { readMaxTime } from '../plan/settings.ts';
import { scenarioFor } from '../plan/transport-options.ts';
import { expected, suggestion } from '../plan/wording.ts';
import type { SearchRange } from './search.ts';
import { readSlo, samplesNeeded } from './slo.ts';

/** What `rtbench capacity` asks for beside what every measurement does; as typed. */
export interface WrittenCapacity {
  readonly slo: string;
  readonly vary: string;
  readonly from?: string;
  readonly to?: string;
  readonly maxTime: string;
}

/** Everything a search needs, resolved and checked before anything starts; plain data. */
export interface CapacityPlan {
  readonly command: readonly string[];
  readonly isolate: Isolate;
  /** The load that the search begins with. */
  readonly scenario: ResolvedScenario;
  readonly slo: readonly Bound[];
  readonly vary: Vary;
  readonly transports: readonly PlannedSearch[];
  /** How long the search of one transport may take. */
  readonly maxTimeMs: number;
}

/** Where one transport's search may go, and what sets its upper end. */
export interface PlannedSearch {
  readonly transport: string;
  readonly range: SearchRange;
  readonly end: { readonly limiter: Limiter; readonly why: string };
}

const SETTINGS = { rate: 'ratePerSecond', clients: 'clients' } as const;

/** Resolves and checks everything that a search needs; throws an RtbenchError for the first thing that is wrong. */
export function makeCapacityPlan(
  request: Omit<Request, 'rounds' | 'until'>,
  written: WrittenCapacity,
  facts: Facts,
): CapacityPlan {
  const slo = readSlo(written.slo);
  const vary = readVary(written.vary);
  const [from, to] = [readEnd('from', vary, written.from), readEnd('to', vary, written.to)];
  if (from !== undefined && to !== undefined && from > to) {
    throw expected('--from', `at most --to, which is ${to}`, String(from));
  }
  const maxTimeMs = readMaxTime(written.maxTime);
  const asked = makePlan({ ...request, rounds: 1 }, facts);
  const { command, isolate } = asked;
  const within = Math.min(
    to ?? Number.POSITIVE_INFINITY,
    Math.max(from ?? 0, asked.scenario[SETTINGS[vary]]),
  );
  const scenario = atLoad({ ...asked.scenario, rounds: 1 }, vary, within);
  checkJudgeable(scenario, slo);
  const transports = request.transports.map((transport): PlannedSearch => {
    const own = scenarioFor(transport.name, scenario);
    const { most, ...end } = upperEnd(own, vary, transport, facts, to);
    const least =
      from ?? lowerEnd(own, vary, (load) => isJudgeable(load, slo) && isAllowed(load, transport, facts));
    return {
      transport: transport.name,
      range: { start: within, least, most, isWhole: vary === 'clients' },
      end,
    };
  });
  return { command, isolate, scenario, slo, vary, transports, maxTimeMs };
}

/** The same work at another load; phases keep their shape. */
export function atLoad(scenario: ResolvedScenario, vary: Vary, value: number): ResolvedScenario {
  const changed = vary === 'rate' ? atRate(scenario, value) : { ...scenario, clients: value };
  return { ...changed, witnesses: witnessCount(changed) };
}

function atRate(scenario: ResolvedScenario, ratePerSecond: number): ResolvedScenario {
  const times = ratePerSecond / scenario.ratePerSecond;
  const phases = scenario.phases.map((phase) => ({
    ...phase,
    fromPerSecond: phase.fromPerSecond * times,
    toPerSecond: phase.toPerSecond * times,
  }));
  return { ...scenario, ratePerSecond, phases };
}

function readVary(text: string): Vary {
  const found = VARY.find((name) => name === text);
  if (found === undefined) throw expected('--vary', VARY.join(' or '), text, suggestion(text, VARY));
  return found;
}

function readEnd(option: 'from' | 'to', vary: Vary, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const field = fields[SETTINGS[vary]];
  const value = field.read(text);
  if (value === undefined) throw expected(`--${option}`, `${field.expected}, as --${vary}`, text);
  return value;
}

interface UpperEnd {
  readonly most: number;
  readonly limiter: Limiter;
  readonly why: string;
}

function upperEnd(
  scenario: ResolvedScenario,
  vary: Vary,
  transport: Transport,
  facts: Facts,
  to: number | undefined,
): UpperEnd {
  const { clients, ratePerSecond, durationMs } = scenario;
  const other = vary === 'rate' ? clients : ratePerSecond;
  const files = mostClients(scenario, transport, facts);
  const deliveries = Math.floor((MAX_DELIVERIES * 1000) / durationMs / other);
  const own: UpperEnd =
    vary === 'clients'
      ? { most: files, limiter: 'open-files', why: `${facts.openFiles} open files allow ${files} clients` }
      : {
          most: (MAX_RATE * ratePerSecond) / peakRateOf(scenario),
          limiter: 'rtbench',
          why: `rtbench says at most ${MAX_RATE} messages a second`,
        };
  const ends: UpperEnd[] = [
    own,
    { most: deliveries, limiter: 'rtbench', why: `a round has at most ${MAX_DELIVERIES} deliveries` },
  ];
  if (to !== undefined) ends.push({ most: to, limiter: 'bounds', why: `--to ended the search at ${to}` });
  return ends.reduce((lowest, end) => (end.most < lowest.most ? end : lowest));
}

/** Where the start does not pass, so many halvings will tell. */
const MOST_HALVINGS = 4;

/** The lowest load that a search goes down to: one that can be run, and whose rounds have the samples to be judged by. */
function lowerEnd(
  scenario: ResolvedScenario,
  vary: Vary,
  isUsable: (load: ResolvedScenario) => boolean,
): number {
  let least = scenario[SETTINGS[vary]];
  for (let halving = 0; halving < MOST_HALVINGS; halving++) {
    const next = vary === 'clients' ? Math.ceil(least / 2) : least / 2;
    if (!isUsable(atLoad(scenario, vary, next))) break;
    least = next;
  }
  return least;
}

function isAllowed(load: ResolvedScenario, transport: Transport, facts: Facts): boolean {
  try {
    checkLimits(load, [transport], facts, {});
    return true;
  } catch {
    return false;
  }
}

/** Chance makes some windows poorer than others. */
const SPARE_SAMPLES = { periodic: 1, poisson: 1.3 };

function samplesWanted({ arrivals }: ResolvedScenario, slo: readonly Bound[]): number {
  return Math.ceil(samplesNeeded(slo) * SPARE_SAMPLES[arrivals]);
}

function samplesIn({ witnesses, ratePerSecond, durationMs }: ResolvedScenario): number {
  return (witnesses * ratePerSecond * durationMs) / 1000;
}

function isJudgeable(scenario: ResolvedScenario, slo: readonly Bound[]): boolean {
  return samplesIn(scenario) >= samplesWanted(scenario, slo);
}

function checkJudgeable(scenario: ResolvedScenario, slo: readonly Bound[]): void {
  const { name, durationMs } = scenario;
  if (isSilent(scenario)) {
    throw expected('--scenario', 'one in which somebody speaks, for capacity', name);
  }
  if (isJudgeable(scenario, slo)) return;
  const wanted = samplesWanted(scenario, slo);
  const longer = Math.ceil((durationMs * wanted) / samplesIn(scenario) / 100) * 100;
  const reason = `: its ${scenario.witnesses} witnesses hear ${Math.floor(samplesIn(scenario))} messages in a round, and --slo needs ${wanted}`;
  throw expected('--duration', `about ${longer}ms or more`, `${durationMs}ms`, reason);
}
