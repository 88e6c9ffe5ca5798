import type { ApplicationName, ResolvedScenario } from '../measurements.ts';
import type { Application } from './application.ts';
import { broadcast } from './broadcast.ts';
import { chat } from './chat/index.ts';
import { churn } from './churn/index.ts';
import { echo } from './echo.ts';
import { exchange } from './exchange/index.ts';
import { idle } from './idle.ts';
import { multiplex } from './multiplex/index.ts';

export type {
  Application,
  ClientHalf,
  Heard,
  HistoryEnd,
  HistoryReading,
  Part,
  ServerHalf,
} from './application.ts';

/** Every application, in the order that lists show them. */
export const applications: readonly Application[] = [broadcast, echo, chat, exchange, multiplex, idle, churn];

/** The application of that name. */
export function findApplication(name: ApplicationName): Application {
  const found = applications.find((application) => application.name === name);
  if (found === undefined) throw new Error(`no application named ${name}`);
  return found;
}

/** Whether nobody says anything, so that what is measured is that clients are there. */
export function isSilent({ application }: Pick<ResolvedScenario, 'application'>): boolean {
  return findApplication(application).speaker === 'nobody';
}

/** How many connections each client holds. */
export function connectionsPerClient(scenario: ResolvedScenario): number {
  return findApplication(scenario.application).connectionsPerClient?.(scenario) ?? 1;
}
