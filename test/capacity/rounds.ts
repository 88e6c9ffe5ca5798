import type { Flag, FlagCode, ResolvedScenario, Round } from '../../src/measurements.ts';
import { sampleReport } from '../report/sample.ts';

const { rounds, scenario: sampled } = sampleReport({ transports: ['websocket'], rounds: 1 });
const [SAMPLE] = rounds;

export const scenario: ResolvedScenario = sampled;

/** What a constructed round differs in from a quick one without trouble. */
export interface Trouble {
  readonly p50Ms?: number;
  readonly p99Ms?: number | null;
  readonly serverShare?: number;
  readonly driverShare?: number;
  readonly loopDelayMs?: number;
  readonly flags?: readonly Flag[];
  readonly appDown?: number;
  /** How late messages were published. */
  readonly slipMs?: number;
  /** How many messages the window of two seconds had. */
  readonly published?: number;
  readonly asksInVain?: boolean;
}

/** A round of a websocket as `run` would bring it. */
export function roundWith(trouble: Trouble = {}): Round {
  if (SAMPLE === undefined) throw new Error('no sample');
  const { p50Ms = 1, p99Ms = 2, serverShare = 0.2, driverShare = 0.2, loopDelayMs = 1, flags = [] } = trouble;
  return {
    ...SAMPLE,
    flags,
    valid: !flags.some(({ fatal }) => fatal),
    latency: { ...SAMPLE.latency, p50Ms, p99Ms },
    emptyResponses: trouble.asksInVain ? 100 : 0,
    delivery: { ...SAMPLE.delivery, published: trouble.published ?? SAMPLE.delivery.published },
    bytes: { ...SAMPLE.bytes, appDown: trouble.appDown ?? SAMPLE.bytes.appDown },
    server: {
      ...SAMPLE.server,
      cpuUserUs: serverShare * SAMPLE.windowMs * 1000,
      cpuSystemUs: 0,
      loopDelayP99Ms: loopDelayMs,
      slipP99Ms: trouble.slipMs ?? SAMPLE.server.slipP99Ms,
    },
    driver: { ...SAMPLE.driver, coreShare: driverShare },
  };
}

export function flag(code: FlagCode, fatal = false): Flag {
  return { code, fatal, message: `this is ${code}` };
}
