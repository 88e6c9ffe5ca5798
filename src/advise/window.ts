import { findApplication } from '../applications/index.ts';
import type { ResolvedScenario } from '../measurements.ts';
import type { WrittenSettings } from '../plan/settings.ts';

/** How long a window is so that an answer comes soon: as many messages as it should hold, within bounds. */
interface Haste {
  readonly messages: number;
  readonly leastMs: number;
  readonly mostMs: number;
}

/** For the comparison at the workload's own point, and for the look around it. */
export const AT_POINT: Haste = { messages: 10, leastMs: 1000, mostMs: 5000 };
export const AROUND: Haste = { messages: 3, leastMs: 500, mostMs: 2000 };

const WARMUP_MS = 200;

/** The settings that make a round short, where nobody typed them, and what that changes of the scenario. */
export function shortened(
  scenario: ResolvedScenario,
  typed: WrittenSettings,
  haste: Haste,
): { readonly settings: WrittenSettings; readonly adjusted: readonly string[] } {
  const windowMs = windowOf(scenario, haste);
  const settings: { -readonly [Name in keyof WrittenSettings]: WrittenSettings[Name] } = {};
  const adjusted: string[] = [];
  if (typed.durationMs === undefined && windowMs < scenario.durationMs) {
    settings.durationMs = `${windowMs}ms`;
    adjusted.push(`windows of ${windowMs / 1000} s instead of ${scenario.durationMs / 1000} s`);
  }
  const isSpoken = perSecond(scenario) > 0;
  if (typed.warmupMs === undefined && isSpoken && scenario.warmupMs > WARMUP_MS)
    settings.warmupMs = `${WARMUP_MS}ms`;
  const messages = (perSecond(scenario) * Math.min(windowMs, scenario.durationMs)) / 1000;
  // By chance a window of few messages may hold none.
  if (typed.arrivals === undefined && isSpoken && isByChance(scenario) && messages < haste.messages) {
    settings.arrivals = 'periodic';
    adjusted.push('messages evenly spaced instead of at random');
  }
  return { settings, adjusted };
}

function isByChance({ arrivals }: ResolvedScenario): boolean {
  return arrivals === 'poisson';
}

function windowOf(scenario: ResolvedScenario, { messages, leastMs, mostMs }: Haste): number {
  const { pollIntervalMs, holdMs, heartbeatMs } = scenario;
  const rate = perSecond(scenario);
  // Phases are what the workload is about: none of them is left out.
  if (scenario.phases.length > 0) return scenario.durationMs;
  // In silence only these are to be seen, each client as often as the others.
  if (rate === 0) return Math.max(pollIntervalMs, holdMs, heartbeatMs);
  const wantedMs = Math.min(mostMs, Math.max(leastMs, pollIntervalMs, (messages * 1000) / rate));
  return Math.ceil(Math.max(wantedMs, 1000 / rate));
}

function perSecond(scenario: ResolvedScenario): number {
  return findApplication(scenario.application).messagesPerSecond(scenario);
}
