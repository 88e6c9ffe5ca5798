import type { Part } from '../applications/index.ts';
import type { ClientEvents, Connection } from '../contracts.ts';

/** One of a client's connections, and what it does there. */
interface Lane {
  readonly part: Part;
  readonly connection: Connection;
}

/** Opens one connection; `beside` is there where an open one carries it too. */
type Open = (part: Part, beside?: (events: ClientEvents) => Promise<Connection>) => Promise<Connection>;

/** Opens all of a client's connections at once, or the first and then the others over it. */
export async function openLanes(part: Part, open: Open): Promise<Lane[]> {
  const { parts: others, over } = part.beside ?? { parts: [], over: 'connections' };
  const lane = async (one: Part) => ({ part: one, connection: await open(one) });
  if (over === 'connections') return Promise.all([part, ...others].map(lane));
  const first = await lane(part);
  const beside = first.connection.beside?.bind(first.connection);
  if (beside === undefined) throw new Error(`${first.connection.carrying} has no namespaces`);
  const further = others.map(async (one, index) => {
    const name = String(index + 1);
    return { part: one, connection: await open(one, (events) => beside(name, events)) };
  });
  return [first, ...(await Promise.all(further))];
}

/** A client's connections as one: it speaks over the first, and closes all. */
export function asOne(lanes: readonly Lane[]): Connection {
  const [first, ...others] = lanes.map(({ connection }) => connection);
  if (first === undefined) throw new Error('a client without a connection');
  if (others.length === 0) return first;
  return {
    send: (message) => first.send(message),
    async close() {
      await Promise.all([first, ...others].map((connection) => connection.close()));
    },
    async cut() {
      await Promise.all([first, ...others].map((connection) => connection.cut()));
    },
    get carrying() {
      return [...new Set([first, ...others].map(({ carrying }) => carrying))].join(' and ');
    },
  };
}
