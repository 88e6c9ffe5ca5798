import type { ResolvedScenario } from '../../measurements.ts';
import { hasObstacle } from '../fields/cluster.ts';
import { type Origins, placeOf } from '../scenario/overlay.ts';
import { expected } from '../wording.ts';

/** Where each message is for everybody, so that it is known what is lost. */
const OBSTRUCTED = ['broadcast', 'idle'];
const APPLICATIONS = ['broadcast', 'echo', 'chat', 'idle'];

/** Refuses several servers where one is needed, and a balancer's settings where there is none. */
export function checkCluster(scenario: ResolvedScenario, origins: Origins): void {
  const { nodes, clients, application } = scenario;
  if (nodes > 1 && !APPLICATIONS.includes(application)) {
    const reason = `: several nodes serve ${APPLICATIONS.join(', ')}`;
    throw expected(placeOf('nodes', origins), `1 for ${application}`, String(nodes), reason);
  }
  if (nodes > clients) {
    throw expected(placeOf('nodes', origins), `at most ${clients}, the number of clients`, String(nodes));
  }
  checkBalancer(scenario, origins);
}

function checkBalancer(scenario: ResolvedScenario, origins: Origins): void {
  const { balancer, sticky, balancerMistake, tls, application } = scenario;
  if (balancer === 'none') {
    if (!sticky) throw expected(placeOf('sticky', origins), 'on without a --balancer', 'off');
    if (balancerMistake === 'none') return;
    throw expected(placeOf('balancerMistake', origins), 'none without a --balancer', balancerMistake);
  }
  if (balancer === 'haproxy' && balancerMistake === 'buffering') {
    const reason = ': haproxy passes answers on as they come, and has no setting to hold them back';
    throw expected(
      placeOf('balancerMistake', origins),
      'none or no-upgrade with haproxy',
      'buffering',
      reason,
    );
  }
  if (hasObstacle(scenario) && !OBSTRUCTED.includes(application)) {
    const setting = sticky ? 'balancerMistake' : 'sticky';
    const reason = `: what is wrong with a balancer is measured by ${OBSTRUCTED.join(' and ')}`;
    throw expected(
      placeOf(setting, origins),
      `${sticky ? 'none' : 'on'} for ${application}`,
      sticky ? balancerMistake : 'off',
      reason,
    );
  }
  if (tls) throw expected(placeOf('tls', origins), 'off with a --balancer', 'on');
}
