import { NO_LINK } from '../../instrument/link/way.ts';
import type { ResolvedScenario } from '../../measurements.ts';
import type { RoundProcesses } from '../processes.ts';

/** Puts the scenario's distance between clients and server, where it has one. */
export async function layLink(
  { relay }: RoundProcesses,
  { rttMs, jitterMs, bandwidthBitsPerSecond }: ResolvedScenario,
): Promise<void> {
  await relay?.ask('change', { rttMs, jitterMs, bandwidthBitsPerSecond });
}

/** Takes it away for what is not measured: warming and leaving are then as quick as without it. */
export async function liftLink({ relay }: RoundProcesses): Promise<void> {
  await relay?.ask('change', NO_LINK);
}
