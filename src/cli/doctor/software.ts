import { measureHttpCeiling } from '../../instrument/limits/http-ceiling.ts';
import { packageVersions } from '../../instrument/machine.ts';
import { type Check, check } from './check.ts';

/** Node and the libraries that carry messages. */
export function checkVersions(): Check[] {
  const versions = packageVersions();
  const list = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  return [
    check('node', true, process.versions.node, ''),
    check(
      'packages',
      versions.ws === versions['socket.io/ws'],
      list.join(', '),
      'socket.io brings another ws than the one it is compared with: `npm dedupe ws`',
    ),
  ];
}

/** What a bare HTTP server does here, measured with autocannon: above it, polling cannot go. */
export async function checkHttpCeiling(): Promise<Check> {
  const { requestsPerSecond, p50Ms, p99Ms, errors } = await measureHttpCeiling();
  const value =
    `at least ${requestsPerSecond.toLocaleString('en')} requests/s from a bare node:http server,` +
    ` p50 ${p50Ms.toPrecision(2)} ms, p99 ${p99Ms.toPrecision(2)} ms`;
  return check('http ceiling', errors === 0, value, `${errors} requests failed: is a firewall on loopback?`);
}
