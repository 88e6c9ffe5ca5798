import type { ResolvedScenario } from '../measurements.ts';
import { ranged } from '../plan/fields/field.ts';
import type { Facts } from '../plan/limits/open-files.ts';
import { makePlan, type Request } from '../plan/make.ts';
import type { WrittenSettings } from '../plan/settings.ts';
import { readWhole } from '../plan/units.ts';
import { expected } from '../plan/wording.ts';

/** Everything that a trace needs, resolved and checked before anything starts; plain data. */
export interface TracePlan {
  readonly command: readonly string[];
  readonly scenario: ResolvedScenario;
  /** One, or two that are set beside each other. */
  readonly transports: readonly string[];
  readonly messages: number;
}

const MESSAGES = ranged('an integer from 1 to 50', readWhole, 1, 50);
/** Whoever wants to see more wants a capture of something else. */
const MOST_BYTES = 4 << 20;

/** One client, and nobody but it. */
const ALONE: WrittenSettings = {
  clients: '1',
  rounds: '1',
  ratePerSecond: '1',
  durationMs: '2s',
  warmupMs: '0',
  phases: 'none',
  faults: 'none',
  nodes: '1',
  adapter: 'none',
  balancer: 'none',
  roomSize: '1',
};
/** So short that one can wait for them, where nobody says otherwise. */
const SHORT: WrittenSettings = { pollIntervalMs: '200ms', holdMs: '300ms', heartbeatMs: '500ms/1s' };

/** Resolves what a trace needs; throws an RtbenchError for the first thing that is wrong. */
export function makeTracePlan(
  request: Pick<Request, 'command' | 'transports' | 'scenario' | 'options'>,
  written: { readonly messages: string },
  facts: Facts,
): TracePlan {
  const messages = MESSAGES.read(written.messages);
  if (messages === undefined) throw expected('--messages', MESSAGES.expected, written.messages);
  const options = { ...SHORT, ...request.options, ...ALONE };
  const { command, transports, scenario } = makePlan(
    { ...request, rounds: 1, isolate: 'off', options },
    facts,
  );
  if (scenario.tls) throw expected('tls', 'off in a trace, which reads what crosses', 'on');
  const bytes = messages * scenario.payloadBytes;
  if (bytes > MOST_BYTES) {
    const most = `at most ${Math.floor(MOST_BYTES / scenario.payloadBytes)} of ${scenario.payloadBytes} bytes`;
    throw expected('--messages', most, written.messages);
  }
  return { command, transports, scenario, messages };
}
