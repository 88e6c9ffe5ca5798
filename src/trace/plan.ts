import type { ResolvedScenario } from '../measurements.ts';
import { ranged } from '../plan/fields/field.ts';
import type { Facts } from '../plan/limits/open-files.ts';
import { makePlan, type Request } from '../plan/make.ts';
import type { WrittenSettings } from '../plan/settings.ts';
import { readWhole } from '../plan/units.ts';
import { expected } from '../plan/wording.ts';
import { isStanding, readFault, type TraceFault } from './faults.ts';

/** Everything that a trace needs, resolved and checked before anything starts; plain data. */
export interface TracePlan {
  readonly command: readonly string[];
  readonly scenario: ResolvedScenario;
  /** One, or two that are set beside each other. */
  readonly transports: readonly string[];
  readonly messages: number;
  /** What goes wrong; null where nothing does. */
  readonly fault: TraceFault | null;
}

const MESSAGES = ranged('an integer from 1 to 50', readWhole, 1, 50);
/** One before a fault, one meanwhile, one after it. */
const FEWEST_WITH_FAULT = 3;
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
/** So short that one can wait for them, where nobody says otherwise; silence is only to be noticed where it is a fault. */
function short(fault: string | undefined, rttMs: number): WrittenSettings {
  const timeout = fault === undefined ? '20s' : `${2000 + 4 * rttMs}ms`;
  return { pollIntervalMs: '200ms', holdMs: '300ms', heartbeatMs: `500ms/${timeout}` };
}

/** What is asked of a trace beside the workload, as typed. */
interface Written {
  readonly messages: string;
  readonly fault?: string;
}

/** Resolves what a trace needs; throws an RtbenchError for the first thing that is wrong. */
export function makeTracePlan(
  request: Pick<Request, 'command' | 'transports' | 'scenario' | 'options'>,
  written: Written,
  facts: Facts,
): TracePlan {
  const { fault } = written;
  const messages = MESSAGES.read(written.messages);
  if (messages === undefined) throw expected('--messages', MESSAGES.expected, written.messages);
  const resolved = (rttMs: number) => {
    const options = { ...short(fault, rttMs), ...request.options, ...ALONE };
    return makePlan({ ...request, rounds: 1, isolate: 'off', options }, facts);
  };
  const { command, transports, scenario } = resolved(resolved(0).scenario.rttMs);
  if (scenario.tls) throw expected('tls', 'off in a trace, which reads what crosses', 'on');
  const bytes = messages * scenario.payloadBytes;
  if (bytes > MOST_BYTES) {
    const most = `at most ${Math.floor(MOST_BYTES / scenario.payloadBytes)} of ${scenario.payloadBytes} bytes`;
    throw expected('--messages', most, written.messages);
  }
  const isBroken = fault !== undefined;
  if (isBroken && scenario.application !== 'broadcast')
    throw expected('--fault', `left out with ${scenario.application}: it is for broadcast`, fault);
  const found = isBroken ? readFault(fault, request.transports) : null;
  if (found !== null && !isStanding(found) && messages < FEWEST_WITH_FAULT)
    throw expected(
      '--messages',
      `at least 3 with ${found}: before it, meanwhile and after it`,
      written.messages,
    );
  return { command, transports, scenario, messages, fault: found };
}
