import type { ResolvedScenario } from '../measurements.ts';
import { scenarioFor, transportOptions } from '../plan/transport-options.ts';
import type { ServerStart } from './protocol.ts';

/** How a server begins that stands alone and is not measured; at that port, or at any that is free. */
export function aloneStart(
  transport: string,
  scenario: ResolvedScenario,
  port: number | null = null,
): ServerStart {
  const own = scenarioFor(transport, scenario);
  return {
    transport,
    scenario: own,
    options: transportOptions(own),
    certificate: null,
    countWire: false,
    sabotage: null,
    port,
    others: null,
    node: 1,
  };
}
