import { isElsewhere } from '../applications/chat/history/url.ts';
import { isSilent } from '../applications/index.ts';
import { usesRedis } from '../cluster/whereabouts.ts';
import type { Transport } from '../contracts.ts';
import type { ResolvedScenario } from '../measurements.ts';
import { AUTO, defaults, fields, MOST_ROUNDS, type Settings } from './fields/index.ts';
import { durationOf, meanRateOf, messagesIn } from './fields/phases.ts';
import { checkLimits } from './limits/index.ts';
import type { Facts } from './limits/open-files.ts';
import { ISOLATE, type Isolate, type Plan } from './plan.ts';
import { profileNamed } from './profiles.ts';
import { type Origins, overlay } from './scenario/overlay.ts';
import type { Scenario } from './scenario.ts';
import {
  readSettings,
  readUntil,
  settingNames,
  type WrittenSettings,
  type WrittenUntil,
} from './settings.ts';
import { plannedThresholds } from './thresholds/check.ts';
import { transportSettings } from './transport-options.ts';
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
  /** `--profile` as typed: options that stand together under a name, and over which single ones win. */
  readonly profile?: string | undefined;
  /** Options as typed; they win over the scenario. */
  readonly options: WrittenSettings;
  /** When to stop, where the rounds are not counted. */
  readonly until?: WrittenUntil;
  /** `--fail-if` as typed; absent where the command judges no report. */
  readonly failIf?: readonly string[];
}

/** Resolves and checks everything that a run needs; throws an RtbenchError for the first thing that is wrong. */
export function makePlan(request: Request, facts: Facts): Plan {
  const { command, transports, scenario, rounds, until = {}, failIf } = request;
  const options = { ...profileNamed(request.profile), ...request.options };
  const typed = readSettings(options, ({ option }) => `--${option}`);
  const typedOrigins = originsOf(options);
  const silent = isSilent(scenario);
  const asked = { ...defaults, rounds, ...overlay(scenario.settings, typed, typedOrigins) };
  const settings = silent ? { ...asked, ratePerSecond: 0, phases: [] } : paced(asked);
  const { name, summary, application } = scenario;
  const isAuto = settings.rounds === AUTO;
  const names = transports.map((transport) => transport.name);
  const resolved = {
    ...{ name, summary, application, ...settings },
    rounds: settings.rounds === AUTO ? MOST_ROUNDS : settings.rounds,
    witnesses: witnessCount(settings),
    transports: differing(names, settings, options),
  };
  checkLimits(resolved, transports, facts, { ...scenario.origins, ...typedOrigins });
  return {
    command,
    transports: names,
    isolate: chosenIsolation(request.isolate, resolved),
    scenario: resolved,
    until: readUntil(isAuto && silent ? { precisionOf: SILENT_PRECISION, ...until } : until, isAuto),
    ...(failIf && {
      thresholds: plannedThresholds(failIf, scenario.failIf ?? [], measuredBy(names, resolved)),
    }),
  };
}

/** What thresholds can be about. */
export function measuredBy(transports: readonly string[], { phases }: Pick<ResolvedScenario, 'phases'>) {
  return { transports, phases: phases.map(({ name }) => name) };
}

function originsOf(options: WrittenSettings): Origins {
  const typed = settingNames.flatMap((setting) => {
    const text = options[setting];
    return text === undefined ? [] : [[setting, { place: `--${fields[setting].option}`, text }]];
  });
  return Object.fromEntries(typed);
}

/** Where there are phases, they say how long the window is and what its mean rate is. */
export function paced(settings: Settings): Settings {
  const { phases } = settings;
  if (phases.length === 0) return settings;
  return { ...settings, durationMs: durationOf(phases), ratePerSecond: meanRateOf(phases) };
}

/** What the scenario gives single transports of this run otherwise than all of them; an option wins over that too. */
function differing(
  names: readonly string[],
  settings: Settings,
  options: WrittenSettings,
): ResolvedScenario['transports'] {
  const found = names.map((name) => {
    const own = settings.transports[name] ?? {};
    const differs = transportSettings.filter(
      (setting) =>
        options[setting] === undefined && own[setting] !== undefined && own[setting] !== settings[setting],
    );
    return [name, Object.fromEntries(differs.map((setting) => [setting, own[setting]]))] as const;
  });
  return Object.fromEntries(found.filter(([, own]) => Object.keys(own).length > 0));
}

/** What runs elsewhere cannot be reached from a private network. */
function chosenIsolation(text: string, scenario: ResolvedScenario): Isolate {
  const found = ISOLATE.find((name) => name === text);
  if (found === undefined) throw expected('--isolate', `one of ${ISOLATE.join(', ')}`, text);
  const elsewhere = whatIsElsewhere(scenario);
  if (elsewhere === undefined) return found;
  if (found === 'on') throw expected('--isolate', `off where ${elsewhere}`, text);
  return 'off';
}

function whatIsElsewhere({
  application,
  history,
  nodes,
  adapter,
  redis,
}: ResolvedScenario): string | undefined {
  if (application === 'chat' && isElsewhere(history)) return '--history is a MongoDB URL';
  return usesRedis({ nodes, adapter }) && redis !== 'own' ? '--redis is a URL' : undefined;
}

/** What `--rounds auto` looks at where there is no message to divide by. */
const SILENT_PRECISION = 'serverCpuPerClientMinuteMs';

const WITNESS_SAMPLES = 600;
const FEWEST_WITNESSES = 4;
const ALL_WITNESSES_UP_TO = 20;

/** How many clients measure latency unloaded: enough for a p99 in one round or phase, never more than half of a crowd. */
export function witnessCount({
  clients,
  ratePerSecond,
  durationMs,
  phases = [],
}: Pick<ResolvedScenario, 'clients' | 'ratePerSecond' | 'durationMs'> &
  Partial<Pick<ResolvedScenario, 'phases'>>): number {
  if (clients <= ALL_WITNESSES_UP_TO) return clients;
  const inPhases = phases.map(messagesIn).filter((messages) => messages >= 1);
  const messages = Math.min((ratePerSecond * durationMs) / 1000, ...inPhases);
  const wanted =
    messages === 0 ? FEWEST_WITNESSES : Math.max(FEWEST_WITNESSES, Math.ceil(WITNESS_SAMPLES / messages));
  return Math.min(Math.floor(clients / 2), wanted);
}
