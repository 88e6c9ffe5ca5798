import type { Transport } from '../../src/contracts.ts';
import { findTransport } from '../../src/transports/index.ts';

/** A transport whose clients are the crowd's; whatever must hold for a transport must hold for it. */
export function lean(transport: Transport): Transport {
  return { ...transport, client: transport.leanClient };
}

/** Each transport twice: with the clients that a user would run, and with the crowd's. */
export function withBothCrowds(transports: readonly Transport[]) {
  return [
    ...transports.map((transport) => ({ crowd: 'library', transport })),
    ...transports.map((transport) => ({ crowd: 'lean', transport: lean(transport) })),
  ];
}

/** What a process of its own needs to be told to find the same transport. */
export function inWords(transport: Transport): [name: string, crowd: string] {
  return [transport.name, transport.client === transport.leanClient ? 'lean' : 'library'];
}

/** The transport of those words. */
export function fromWords(name: string | undefined, crowd: string | undefined): Transport {
  const transport = findTransport(name ?? '');
  if (transport === undefined) throw new Error(`no transport ${name}`);
  return crowd === 'lean' ? lean(transport) : transport;
}
