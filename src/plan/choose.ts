import type { Transport } from '../contracts.ts';
import { RtbenchError } from '../errors.ts';
import { aliases, findTransport, transports } from '../transports/index.ts';
import { expected, suggestion } from './wording.ts';

const names = transports.map(({ name }) => name);

/** The transport that `run --transport` names. */
export function chosenTransport(name: string | undefined): Transport {
  if (name === undefined) {
    const list = names.join(', ');
    throw new RtbenchError(
      'usage',
      `Expected --transport NAME: one of ${list}. \`rtbench compare\` runs several`,
    );
  }
  return transportNamed(name, '--transport');
}

/** What `compare --transports` lists, each once, in the order that tables show them; by default one of each family. */
export function chosenTransports(list: string | undefined): readonly Transport[] {
  if (list === undefined) return transports.filter(isFirstOfFamily);
  if (list === 'all') return transports;
  const chosen = new Set(list.split(',').map((name) => transportNamed(name.trim(), '--transports')));
  return transports.filter((transport) => chosen.has(transport));
}

/** The transport of that name; `option` is what asked for it. */
export function transportNamed(name: string, option: string): Transport {
  const transport = findTransport(name);
  if (transport) return transport;
  const near = suggestion(name, [...names, ...Object.keys(aliases)]);
  throw expected(option, `one of ${names.join(', ')}`, name, near);
}

function isFirstOfFamily({ family }: Transport, index: number): boolean {
  return transports.findIndex((other) => other.family === family) === index;
}
