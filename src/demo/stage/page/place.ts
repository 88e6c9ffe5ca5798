import { lookup } from 'node:dns/promises';
import { hostname, networkInterfaces } from 'node:os';
import { expected } from '../../../plan/wording.ts';

/** Where the demo can be reached; names are as they stand in a URL. */
export interface Place {
  /** The address that it listens on. */
  readonly address: string;
  /** How this machine gets there. */
  readonly nearName: string;
  /** How other machines get there; none where only this one can. */
  readonly farNames: readonly string[];
  /** All by which a page may be asked for. */
  readonly names: readonly string[];
}

const LOCAL_NAMES = ['127.0.0.1', 'localhost'];

/** Where `--host` leads; throws where it names nothing. */
export async function placeOf(host: string): Promise<Place> {
  const address = await addressOf(host);
  const near = inUrl(address);
  const given = [near, inUrl(host)];
  if (isLoopback(address))
    return { address, nearName: near, farNames: [], names: [...LOCAL_NAMES, ...given] };
  if (!['0.0.0.0', '::'].includes(address))
    return { address, nearName: near, farNames: [near], names: given };
  const farNames = ownAddresses();
  const names = [...LOCAL_NAMES, '[::1]', hostname(), ...farNames];
  return { address, nearName: '127.0.0.1', farNames, names };
}

async function addressOf(host: string): Promise<string> {
  try {
    return (await lookup(host)).address;
  } catch {
    throw expected('--host', 'a name or an address of this machine, such as 0.0.0.0', host);
  }
}

function isLoopback(address: string): boolean {
  return address === '::1' || address.startsWith('127.');
}

/** How others reach this machine. */
function ownAddresses(): string[] {
  return Object.values(networkInterfaces())
    .flatMap((addresses = []) => addresses)
    .filter(({ internal, address }) => !internal && !address.startsWith('fe80:'))
    .map(({ address }) => inUrl(address));
}

function inUrl(address: string): string {
  return address.includes(':') ? `[${address}]` : address;
}
