import { isElsewhere } from '../applications/chat/history/url.ts';
import type { Transport } from '../contracts.ts';
import type { ResolvedScenario } from '../measurements.ts';
import { AUTO, defaults, MOST_ROUNDS, type Settings } from './fields/index.ts';
import { checkLimits, type Facts } from './limits.ts';
import { ISOLATE, type Isolate, type Plan } from './plan.ts';
import type { Scenario } from './scenario.ts';
import { readSettings, readUntil, type WrittenSettings, type WrittenUntil } from './settings.ts';
import { expected } from './wording.ts';

/** What a command asks for. */
export interface Request {
  /** The command line after `rtbench`, for the report. */
  readonly command: readonly string[];
  readonly transports: readonly Transport[];
  readonly scenario: Scenario;
  /** Rounds where neither the scenario nor the options say. */
  readonly rounds: number;
  /** `--isolate` as typed. */
  readonly isolate: string;
  /** Options as typed; they win over the scenario. */
  readonly options: WrittenSettings;
  /** When to stop, where the rounds are not counted. */
  readonly until?: WrittenUntil;
}

/** Resolves and checks everything that a run needs; throws an RtbenchError for the first thing that is wrong. */
export function makePlan(request: Request, facts: Facts): Plan {
  const { command, transports, scenario, rounds, options, until = {} } = request;
  const settings: Settings = {
    ...defaults,
    rounds,
    ...scenario.settings,
    ...readSettings(options, ({ option }) => `--${option}`),
  };
  const { name, summary, application } = scenario;
  const isAuto = settings.rounds === AUTO;
  const resolved = {
    ...{ name, summary, application, ...settings },
    rounds: settings.rounds === AUTO ? MOST_ROUNDS : settings.rounds,
    witnesses: witnessCount(settings),
  };
  checkLimits(resolved, transports, facts);
  const names = transports.map((transport) => transport.name);
  return {
    command,
    transports: names,
    isolate: chosenIsolation(request.isolate, resolved),
    scenario: resolved,
    until: readUntil(until, isAuto),
  };
}

/** A store that runs elsewhere cannot be reached from a private network. */
function chosenIsolation(text: string, { application, history }: ResolvedScenario): Isolate {
  const found = ISOLATE.find((name) => name === text);
  if (found === undefined) throw expected('--isolate', `one of ${ISOLATE.join(', ')}`, text);
  if (application !== 'chat' || !isElsewhere(history)) return found;
  if (found === 'on') throw expected('--isolate', 'off where --history is a MongoDB URL', text);
  return 'off';
}

const WITNESS_SAMPLES = 600;
const FEWEST_WITNESSES = 4;
const ALL_WITNESSES_UP_TO = 20;

/** How many clients measure latency unloaded: enough for a p99 in one round, never more than half of a crowd. */
export function witnessCount({
  clients,
  ratePerSecond,
  durationMs,
}: Pick<ResolvedScenario, 'clients' | 'ratePerSecond' | 'durationMs'>): number {
  if (clients <= ALL_WITNESSES_UP_TO) return clients;
  const messages = (ratePerSecond * durationMs) / 1000;
  const wanted = Math.max(FEWEST_WITNESSES, Math.ceil(WITNESS_SAMPLES / messages));
  return Math.min(Math.floor(clients / 2), wanted);
}
