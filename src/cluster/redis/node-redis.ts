import { createClient, RESP_TYPES } from '@redis/client';
import { Guard } from './guard.ts';
import { bufferOf, HeldClients } from './held.ts';
import {
  BEFORE_ALL,
  BLOCK_MS,
  FIELD,
  type LineSettings,
  type RedisLines,
  retryMs,
  STREAM_ENTRIES,
  type StreamEntry,
  type Way,
} from './lines.ts';

type Client = ReturnType<typeof makeClient>;

function makeClient({ url, errors }: LineSettings, isHasty = false) {
  if (errors === 'unhandled') return createClient({ url });
  const client = createClient({
    url,
    // What publishes gives up at once: what Redis does not get now is not sent later, when it is stale.
    disableOfflineQueue: isHasty,
    socket: { reconnectStrategy: retryMs },
  });
  client.on('error', () => undefined);
  return client;
}

/** Connects by node-redis; resolves when all is connected. */
export async function connectNodeRedis(settings: LineSettings): Promise<RedisLines> {
  const guard = new Guard();
  const publisher = makeClient(settings, true);
  const subscriber = makeClient(settings);
  if (settings.errors === 'handled') {
    guard.over(publisher, ['publish', 'sPublish', 'xAdd']);
    // socket.io's adapter for streams listens over copies of what publishes.
    Object.defineProperty(publisher, 'duplicate', { value: () => makeClient(settings) });
  }
  await Promise.all([publisher, subscriber].map((one) => one.connect()));
  const open = async () => {
    const reader = makeClient(settings);
    await reader.connect();
    return reader;
  };
  return new NodeRedisLines(publisher, subscriber, guard, open);
}

/** What a stream holds, as this client's answers have it. */
interface Entry {
  readonly id: Buffer;
  readonly message: Readonly<Record<string, Buffer>>;
}

class NodeRedisLines extends HeldClients<Client> implements RedisLines {
  publish(channel: string, bytes: Uint8Array, way: Way): Promise<unknown> {
    const message = bufferOf(bytes);
    return way === 'whole'
      ? this.publisher.publish(channel, message)
      : this.publisher.sPublish(channel, message);
  }

  subscribe(channel: string, heard: (bytes: Uint8Array) => void, way: Way): Promise<void> {
    return way === 'whole'
      ? this.subscriber.subscribe(channel, heard, true)
      : this.subscriber.sSubscribe(channel, heard, true);
  }

  append(stream: string, bytes: Uint8Array): Promise<unknown> {
    const trim = { strategy: 'MAXLEN', strategyModifier: '~', threshold: STREAM_ENTRIES } as const;
    return this.publisher.xAdd(stream, '*', { [FIELD]: bufferOf(bytes) }, { TRIM: trim });
  }

  async newest(stream: string): Promise<string> {
    const reader = await this.reader();
    const found = await reader.xRevRange(stream, '+', '-', { COUNT: 1 });
    return found?.[0]?.id ?? BEFORE_ALL;
  }

  async after(stream: string, entry: string): Promise<StreamEntry[]> {
    const reader = (await this.reader()).withTypeMapping({ [RESP_TYPES.BLOB_STRING]: Buffer });
    const found = await reader.xRead({ key: stream, id: entry }, { BLOCK: BLOCK_MS });
    const entries: readonly Entry[] = found?.[0]?.messages ?? [];
    return entries.flatMap(({ id, message }) => {
      const bytes = message[FIELD];
      return bytes === undefined ? [] : [{ id: id.toString(), bytes }];
    });
  }

  protected end(client: Client): void {
    client.destroy();
  }
}
