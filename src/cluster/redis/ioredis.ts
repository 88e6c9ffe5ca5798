import { Redis, type RedisOptions } from 'ioredis';
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

type Patience = Pick<
  RedisOptions,
  'enableOfflineQueue' | 'autoResendUnfulfilledCommands' | 'maxRetriesPerRequest'
>;

/** What publishes gives up at once: what Redis does not get now is not sent later, when it is stale. */
const HASTY: Patience = {
  enableOfflineQueue: false,
  autoResendUnfulfilledCommands: false,
  maxRetriesPerRequest: 0,
};
/** What listens waits for Redis as long as it takes. */
const PATIENT: Patience = { maxRetriesPerRequest: null };

/** Connects by ioredis; resolves when all is connected. */
export async function connectIoredis(settings: LineSettings): Promise<RedisLines> {
  const guard = new Guard();
  const publisher = makeClient(settings, HASTY);
  const subscriber = makeClient(settings, PATIENT);
  if (settings.errors === 'handled') {
    guard.over(publisher, ['publish', 'spublish', 'xadd']);
    // socket.io's adapter for streams listens over copies of what publishes.
    Object.defineProperty(publisher, 'duplicate', { value: () => makeClient(settings, PATIENT) });
  }
  await Promise.all([publisher, subscriber].map((one) => one.connect()));
  const open = async () => {
    const reader = makeClient(settings, PATIENT);
    await reader.connect();
    return reader;
  };
  return new IoredisLines(publisher, subscriber, guard, open);
}

function makeClient({ url, errors }: LineSettings, options: Patience): Redis {
  if (errors === 'unhandled') return new Redis(url, { lazyConnect: true });
  const client = new Redis(url, { lazyConnect: true, ...options, retryStrategy: retryMs });
  client.on('error', () => undefined);
  return client;
}

class IoredisLines extends HeldClients<Redis> implements RedisLines {
  publish(channel: string, bytes: Uint8Array, way: Way): Promise<unknown> {
    const message = bufferOf(bytes);
    return way === 'whole'
      ? this.publisher.publish(channel, message)
      : this.publisher.spublish(channel, message);
  }

  async subscribe(channel: string, heard: (bytes: Uint8Array) => void, way: Way): Promise<void> {
    this.subscriber.on(
      way === 'whole' ? 'messageBuffer' : 'smessageBuffer',
      (_channel: Buffer, bytes: Buffer) => heard(bytes),
    );
    await (way === 'whole' ? this.subscriber.subscribe(channel) : this.subscriber.ssubscribe(channel));
  }

  append(stream: string, bytes: Uint8Array): Promise<unknown> {
    return this.publisher.xadd(stream, 'MAXLEN', '~', STREAM_ENTRIES, '*', FIELD, bufferOf(bytes));
  }

  async newest(stream: string): Promise<string> {
    const reader = await this.reader();
    const [entry] = await reader.xrevrange(stream, '+', '-', 'COUNT', 1);
    return entry?.[0] ?? BEFORE_ALL;
  }

  async after(stream: string, entry: string): Promise<StreamEntry[]> {
    const reader = await this.reader();
    const found = await reader.xreadBuffer('BLOCK', BLOCK_MS, 'STREAMS', stream, entry);
    return (found?.[0]?.[1] ?? []).flatMap(([id, [, bytes]]) => {
      return bytes === undefined ? [] : [{ id: id.toString(), bytes }];
    });
  }

  protected end(client: Redis): void {
    client.disconnect();
  }
}
