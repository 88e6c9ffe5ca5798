import type { ResolvedScenario } from '../measurements.ts';
import { ranged } from '../plan/fields/field.ts';
import type { Facts } from '../plan/limits/open-files.ts';
import { makePlan, type Request } from '../plan/make.ts';
import { readDuration } from '../plan/units.ts';
import { expected } from '../plan/wording.ts';

/** Everything that the tries need, resolved and checked before anything starts; plain data. */
export interface FallbackPlan {
  readonly command: readonly string[];
  readonly scenario: ResolvedScenario;
  readonly transports: readonly string[];
  readonly patienceMs: number;
}

const PATIENCE = ranged('a time from 100ms to 10m', readDuration, 100, 600_000);

/** One client, who asks often enough where it has to ask that its pauses are not what is measured. */
const SETTINGS = { clients: '1', pollIntervalMs: '100ms' };

/** Resolves what the tries need; throws an RtbenchError for the first thing that is wrong. */
export function makeFallbackPlan(
  request: Pick<Request, 'command' | 'transports' | 'scenario'>,
  patience: string,
  facts: Facts,
): FallbackPlan {
  const patienceMs = PATIENCE.read(patience);
  if (patienceMs === undefined) throw expected('--patience', PATIENCE.expected, patience);
  const asked = { ...request, rounds: 1, isolate: 'off', options: SETTINGS };
  const { command, transports, scenario } = makePlan(asked, facts);
  return { command, transports, scenario, patienceMs };
}
