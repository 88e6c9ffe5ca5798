import { meanAudience } from '../../applications/chat/rooms.ts';
import { UPDATE_BYTES } from '../../applications/exchange/update.ts';
import type { Transport } from '../../contracts.ts';
import type { ApplicationName, ResolvedScenario } from '../../measurements.ts';
import { type Origins, placeOf } from '../scenario/overlay.ts';
import { expected } from '../wording.ts';

type Check = (scenario: ResolvedScenario, transports: readonly Transport[], origins: Origins) => void;

/** As clients join a room, everybody there is told of each. */
const MAX_JOIN_NOTICES = 1_000_000;

const checks: Partial<Record<ApplicationName, Check>> = {
  chat(scenario, _transports, origins) {
    checkAtMost('roomSize', 'clients', scenario, origins);
    const { clients, roomSize, payloadKind } = scenario;
    const notices = (clients * meanAudience(scenario)) / 2;
    if (notices > MAX_JOIN_NOTICES) {
      const most = Math.max(1, Math.floor((2 * MAX_JOIN_NOTICES) / clients));
      const reason = `: everybody in a room is told of each who joins it, which would be ${Math.round(notices)} notices`;
      const what = `at most ${most} with ${clients} clients`;
      throw expected(placeOf('roomSize', origins), what, String(roomSize), reason);
    }
    if (payloadKind !== 'text') {
      throw expected(placeOf('payloadKind', origins), 'text in a chat, whose messages are JSON', payloadKind);
    }
  },
  exchange(scenario, _transports, origins) {
    checkAtMost('subscriptions', 'symbols', scenario, origins);
    const { payloadBytes } = scenario;
    if (payloadBytes >= UPDATE_BYTES) return;
    const what = `at least ${UPDATE_BYTES} bytes for an exchange`;
    const reason = ': an update also says since when it is news';
    throw expected(placeOf('payloadBytes', origins), what, String(payloadBytes), reason);
  },
  multiplex({ multiplex, channels, slowChannel }, transports, origins) {
    const without = transports.find(({ family }) => family !== 'socketio');
    if (multiplex === 'namespaces' && without !== undefined) {
      const what = `tagged or connections with ${without.name}`;
      throw expected(placeOf('multiplex', origins), what, multiplex, ': only socket.io has namespaces');
    }
    if (slowChannel && channels === 1) {
      const reason = ': the first channel carries 64 KiB messages, and others show what that does to them';
      throw expected(placeOf('channels', origins), 'at least 2 with --slow-channel on', '1', reason);
    }
  },
};

/** Refuses what an application cannot do with these figures or over one of these transports. */
export function checkApplication(
  scenario: ResolvedScenario,
  transports: readonly Transport[],
  origins: Origins,
): void {
  checks[scenario.application]?.(scenario, transports, origins);
}

/** There cannot be more of a part than of the whole; what nobody wrote gives way. */
function checkAtMost(
  part: 'roomSize' | 'subscriptions',
  whole: 'clients' | 'symbols',
  scenario: ResolvedScenario,
  origins: Origins,
): void {
  if (origins[part] === undefined || scenario[part] <= scenario[whole]) return;
  const most = `at most ${scenario[whole]}, the number of ${whole}`;
  throw expected(placeOf(part, origins), most, String(scenario[part]));
}
