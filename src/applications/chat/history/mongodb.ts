import { randomUUID } from 'node:crypto';
import type { Collection, MongoClient } from 'mongodb';
import { messageOf, RtbenchError } from '../../../errors.ts';
import type { Saying, Store } from './store.ts';
import { withoutPassword } from './url.ts';

const COLLECTION = 'rtbench_messages';
/** The server itself clears away what is older. */
const KEPT_SECONDS = 3600;
/** A server that takes longer to be found, or to answer, has failed. */
const PATIENCE_MS = 2_000;

/** A message, and the server process that stored it: rounds do not read each other's. */
interface Kept extends Saying {
  readonly server: string;
  readonly at: Date;
}

/** Connects, makes the collection's indexes, and stores there. */
export async function openMongodb(url: string): Promise<Store> {
  const client = await connectTo(url);
  try {
    const kept = client.db().collection<Kept>(COLLECTION);
    await kept.createIndexes([
      { key: { server: 1, room: 1, number: -1 } },
      { key: { at: 1 }, expireAfterSeconds: KEPT_SECONDS },
    ]);
    return new MongodbStore(kept);
  } catch (cause) {
    await client.close();
    throw unusable(url, cause);
  }
}

/** Connects, asks whether anybody is there, and goes. */
export async function pingMongodb(url: string): Promise<void> {
  const client = await connectTo(url);
  await client.close();
}

/** The driver is loaded here, and only where a URL asks for it. */
async function connectTo(url: string): Promise<MongoClient> {
  // By name only Node itself would find it: bundled, the package is one value.
  const { default: mongodb } = await import('mongodb');
  let client: MongoClient | undefined;
  try {
    client = new mongodb.MongoClient(url, {
      appName: 'rtbench',
      serverSelectionTimeoutMS: PATIENCE_MS,
      connectTimeoutMS: PATIENCE_MS,
      socketTimeoutMS: PATIENCE_MS,
      // A write that was cut off is lost and told, not tried again behind everybody's back.
      retryWrites: false,
      retryReads: false,
    });
    await client.connect();
    await client.db().command({ ping: 1 });
    return client;
  } catch (cause) {
    await client?.close();
    throw unusable(url, cause);
  }
}

function unusable(url: string, cause: unknown): RtbenchError {
  const shown = withoutPassword(url);
  const isUrlWrong =
    cause instanceof Error && /^Mongo(Parse|InvalidArgument|API|Runtime)Error$/.test(cause.name);
  if (isUrlWrong) {
    const message = `Expected --history to be a MongoDB URL, got \`${shown}\` (${withoutPassword(messageOf(cause))})`;
    return new RtbenchError('usage', message, { cause });
  }
  const message = `Cannot use the MongoDB server of --history ${shown}: ${messageOf(cause)}`;
  return new RtbenchError('connect', message, { cause });
}

/** The driver works in callbacks between the server's others: nobody can say which CPU was whose. */
class MongodbStore implements Store {
  readonly cpuUs = null;
  readonly #kept: Collection<Kept>;
  readonly #server = randomUUID();

  constructor(kept: Collection<Kept>) {
    this.#kept = kept;
  }

  async add(batch: readonly Saying[]): Promise<void> {
    const documents = batch.map((saying) => ({ ...saying, server: this.#server, at: new Date(saying.atMs) }));
    await this.#kept.insertMany(documents);
  }

  async last(room: string, count: number, upTo: number): Promise<readonly Saying[]> {
    const newest = await this.#kept
      .find({ server: this.#server, room, number: { $lte: upTo } })
      .sort({ number: -1 })
      .limit(count)
      .toArray();
    return newest.reverse();
  }
}
