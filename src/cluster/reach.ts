import type { ServerSide, SocketioAdapter } from '../contracts.ts';
import type { ClusterSettings } from '../measurements.ts';
import type { RedisLines } from './redis/lines.ts';
import type { Whereabouts } from './whereabouts.ts';

/** How one node reaches the clients of the others. */
export interface Reach {
  /** For a transport whose library does it itself. */
  readonly adapter?: SocketioAdapter;
  /** A server side whose messages reach those clients too. */
  over(side: ServerSide): Promise<ServerSide>;
  /** Messages that could not be passed on, where somebody looks after that. */
  readonly failures: number;
}

type Settings = Pick<ClusterSettings, 'adapter' | 'redisClient' | 'redisErrors'>;

/** Connects a node to the others; resolves when it can pass on what is published. */
export async function openReach(
  settings: Settings,
  whereabouts: Whereabouts,
  takesAdapter: boolean,
): Promise<Reach> {
  const lines = await connect(settings, whereabouts);
  const failures = () => lines?.failures ?? 0;
  if (takesAdapter) {
    const { makeAdapter } = await import('./socketio.ts');
    const adapter = makeAdapter(settings.adapter, lines, whereabouts.key);
    return {
      adapter,
      over: async (side) => side,
      get failures() {
        return failures();
      },
    };
  }
  const { openBus } = await import('./bus/index.ts');
  return {
    async over(side) {
      const bus = await openBus(settings.adapter, lines, whereabouts, (room, message) =>
        side.publish(room, message),
      );
      return {
        publish(room, message) {
          side.publish(room, message);
          bus.publish(room, message);
        },
        async close() {
          bus.close();
          await side.close();
        },
      };
    },
    get failures() {
      return failures();
    },
  };
}

async function connect(
  { redisClient, redisErrors: errors }: Settings,
  { redisUrl: url }: Whereabouts,
): Promise<RedisLines | null> {
  if (url === null) return null;
  return redisClient === 'ioredis'
    ? (await import('./redis/ioredis.ts')).connectIoredis({ url, errors })
    : (await import('./redis/node-redis.ts')).connectNodeRedis({ url, errors });
}
