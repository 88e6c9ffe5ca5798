import { findApplication, isSilent } from '../../applications/index.ts';
import type { Transport } from '../../contracts.ts';
import type { ResolvedScenario } from '../../measurements.ts';
import { messagesIn } from '../fields/phases.ts';
import { type Origins, placeOf } from '../scenario/overlay.ts';
import { expected } from '../wording.ts';
import { checkApplication } from './application.ts';
import { checkCluster } from './cluster.ts';
import { checkFaults } from './faults.ts';
import { checkOpenFiles, type Facts } from './open-files.ts';

/** Beyond this a round neither ends in reasonable time nor fits in memory. */
export const MAX_DELIVERIES = 1e9;

/** Refuses what this machine cannot hold, what cannot be, and what nothing could be learned from. */
export function checkLimits(
  scenario: ResolvedScenario,
  transports: readonly Transport[],
  facts: Facts,
  /** Where the scenario's values are from, so that errors lead there. */
  origins: Origins,
): void {
  for (const transport of transports) checkOpenFiles(scenario, transport, facts, origins);
  checkWork(scenario, origins);
  checkLink(scenario, origins);
  checkApplication(scenario, transports, origins);
  checkCluster(scenario, origins);
  checkFaults(scenario, origins);
}

function checkWork(scenario: ResolvedScenario, origins: Origins): void {
  const { clients, ratePerSecond, durationMs } = scenario;
  checkThatSomethingIsDue(scenario, origins);
  const deliveries = (clients * ratePerSecond * durationMs) / 1000;
  if (deliveries > MAX_DELIVERIES) {
    const product = 'the deliveries of a round (--clients x --rate x --duration)';
    throw expected(product, `at most ${MAX_DELIVERIES}`, String(deliveries));
  }
}

function checkThatSomethingIsDue(scenario: ResolvedScenario, origins: Origins): void {
  const { ratePerSecond, durationMs, phases } = scenario;
  if (isSilent(scenario)) return;
  const application = findApplication(scenario.application);
  const perSecond = application.messagesPerSecond(scenario);
  if (phases.length === 0 && (perSecond * durationMs) / 1000 < 1) {
    const least = `at least ${Math.ceil(1000 / perSecond)}ms at ${ratePerSecond} messages per second`;
    const remedy = ', in which no message would be due. Raise --rate, or lengthen the window';
    throw expected(placeOf('durationMs', origins), least, `${durationMs}ms`, remedy);
  }
  // Phases are rounded to whole messages each by itself.
  const most = Math.max(
    ...phases.map((phase) => {
      const meanRate = (messagesIn(phase) * 1000) / phase.durationMs;
      return (
        (application.messagesPerSecond({ ...scenario, ratePerSecond: meanRate }) * phase.durationMs) / 1000
      );
    }),
  );
  if (phases.length > 0 && most < 1) {
    const got = phases.map(({ name }) => name).join(', ');
    throw expected(placeOf('phases', origins), 'phases in one of which a message is due', got);
  }
}

function checkLink({ rttMs, jitterMs }: ResolvedScenario, origins: Origins): void {
  if (jitterMs <= rttMs / 2) return;
  const most = `at most the half of --rtt, ${rttMs / 2}ms`;
  throw expected(placeOf('jitterMs', origins), most, `${jitterMs}ms`);
}
