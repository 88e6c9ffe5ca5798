import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { RtbenchError } from '../../errors.ts';
import type { ClusterSettings } from '../../measurements.ts';
import type { BalancerName } from './layout.ts';

/** Where servers' programs are that only root has on the PATH. */
const SYSTEM_FOLDERS = ['/usr/local/sbin', '/usr/sbin', '/sbin'];
const PACKAGES: Readonly<Record<BalancerName, string>> = { nginx: 'nginx-light', haproxy: 'haproxy' };

/** Where a balancer's program is; undefined where it is not installed. */
export function findBalancer(name: BalancerName): string | undefined {
  const folders = [...(process.env.PATH ?? '').split(delimiter), ...SYSTEM_FOLDERS];
  return folders.map((folder) => join(folder, name)).find(isProgram);
}

/** Throws where the scenario wants a balancer that is not on this machine. */
export function checkBalancer(
  { balancer }: Pick<ClusterSettings, 'balancer'>,
  find: (name: BalancerName) => string | undefined = findBalancer,
): void {
  if (balancer === 'none' || find(balancer) !== undefined) return;
  const remedy = `(Debian: apt install ${PACKAGES[balancer]}), or leave --balancer out`;
  throw new RtbenchError(
    'usage',
    `No ${balancer} on this machine for --balancer ${balancer}: install it ${remedy}`,
  );
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
