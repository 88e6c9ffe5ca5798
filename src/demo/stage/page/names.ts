import { lookup } from 'node:dns/promises';
import { hostname, networkInterfaces } from 'node:os';
import { expected } from '../../../plan/wording.ts';

/** By which names the demo can be reached, as they stand in a URL. */
export interface Names {
  /** The address that it listens on. */
  readonly address: string;
  /** How this machine gets there. */
  readonly near: string;
  /** How other machines get there; none where only this one can. */
  readonly far: readonly string[];
  /** All by which a page may be asked for. */
  readonly all: readonly string[];
}

const LOCAL_NAMES = ['127.0.0.1', 'localhost'];
const EVERYWHERE = ['0.0.0.0', '::'];

/** Where `--host` leads; throws where it names nothing. */
export async function namesOf(host: string): Promise<Names> {
  const address = await addressOf(host);
  const near = inUrl(address);
  const given = [near, inUrl(host)];
  if (isLoopback(address)) return { address, near, far: [], all: [...LOCAL_NAMES, ...given] };
  if (!EVERYWHERE.includes(address)) return { address, near, far: [near], all: given };
  const far = ownAddresses(address === '::');
  return { address, near: '127.0.0.1', far, all: [...LOCAL_NAMES, '[::1]', hostname(), ...far] };
}

async function addressOf(host: string): Promise<string> {
  try {
    if (host !== '') return (await lookup(host)).address;
  } catch {
    // Nothing has that name.
  }
  throw expected('--host', 'a name or an address of this machine, such as 0.0.0.0', host);
}

function isLoopback(address: string): boolean {
  return address === '::1' || address.startsWith('127.');
}

/** How others reach this machine. */
function ownAddresses(withIPv6: boolean): string[] {
  return Object.values(networkInterfaces())
    .flatMap((addresses = []) => addresses)
    .filter(({ internal, family }) => !internal && (withIPv6 || family === 'IPv4'))
    .filter(({ address }) => !address.startsWith('fe80:'))
    .map(({ address }) => inUrl(address));
}

function inUrl(address: string): string {
  return address.includes(':') ? `[${address}]` : address;
}
