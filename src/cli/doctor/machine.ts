import { setTimeout as sleep } from 'node:timers/promises';
import { clockStepNs, nowNs } from '../../instrument/clock.ts';
import { type HostReading, readHost } from '../../instrument/host-load.ts';
import { openFileLimit, portsPerAddress } from '../../instrument/limits/kernel.ts';
import { allowedCores, choosePinning } from '../../instrument/pinning.ts';
import { RoleProcess } from '../../instrument/role-process.ts';
import { isolate } from '../../instrument/wire/namespace.ts';
import type { YardstickCalls } from '../../instrument/yardstick.ts';
import { type Check, check } from './check.ts';

const LOAD_SAMPLE_MS = 500;

/** Cores, and whether the server and the clients can be kept on different ones. */
export function checkCores(): Check[] {
  const cores = allowedCores()?.length ?? 0;
  const pinning = choosePinning();
  const held = pinning
    ? `server on core ${pinning.server.join(', ')}, clients on ${pinning.clients.join(', ')}`
    : 'not possible';
  const advice =
    cores < 2
      ? 'allow this process at least two cores'
      : 'install taskset (on Debian: apt install util-linux)';
  return [
    check(
      'cores',
      cores >= 2,
      String(cores || 'unknown'),
      'server and clients share a core: trust ratios, not figures',
    ),
    check('pinning', pinning !== null, held, advice),
  ];
}

const ENOUGH_FILES = 10_200;
const ENOUGH_PORTS = 10_000;

/** Open files and ports: what bounds the number of clients. */
export function checkKernelLimits(): Check[] {
  const files = openFileLimit();
  const ports = portsPerAddress();
  return [
    check(
      'open files',
      files >= ENOUGH_FILES,
      `${files}, one per client`,
      `for 10,000 clients: \`ulimit -n ${ENOUGH_FILES}\`, or as root raise LimitNOFILE`,
    ),
    check(
      'ports',
      ports === null || ports >= ENOUGH_PORTS,
      ports === null ? 'unknown' : `${ports} per source address; several 127.0.0.x are used`,
      'sysctl -w net.ipv4.ip_local_port_range="1024 65535"',
    ),
  ];
}

/** A private network namespace, in which the kernel's counters see only ours. */
export async function checkNamespace(): Promise<Check> {
  const { namespace, missing } = await isolate();
  await namespace?.end();
  const value = missing === null ? 'a private network namespace can be made' : `none: ${missing}`;
  const advice =
    'wire bytes will be missing: allow user namespaces (`sysctl -w kernel.unprivileged_userns_clone=1`), or run as root';
  return check('namespace', missing === null, value, advice);
}

/** One clock for all processes, and how fine it is. */
export async function checkClock(): Promise<Check> {
  const child = new RoleProcess<YardstickCalls>('yardstick', undefined);
  const beforeNs = nowNs();
  const childNs = await child.ask('clock', null);
  const shared = beforeNs <= childNs && childNs <= nowNs();
  await child.end();
  const value = `${clockStepNs()} ns steps, ${shared ? 'one clock for all processes' : 'each process has its own'}`;
  return check('clock', shared, value, 'latency between processes cannot be measured here: use Linux');
}

/** What else the machine does, over half a second. */
export async function checkLoad(): Promise<Check> {
  const before = readHost();
  const ours = process.cpuUsage();
  const startNs = nowNs();
  await sleep(LOAD_SAMPLE_MS);
  const after = readHost();
  if (!before || !after) return check('other load', true, 'unknown', '');
  const { user, system } = process.cpuUsage(ours);
  const elapsedUs = (nowNs() - startNs) / 1000;
  const cores = (key: keyof HostReading, minusUs = 0) =>
    Math.max(0, (after[key] - before[key] - minusUs) / elapsedUs);
  const other = cores('busyUs', user + system);
  const stolen = cores('stealUs');
  return check(
    'other load',
    other < 0.15 && stolen < 0.05,
    `${other.toFixed(2)} cores busy, ${stolen.toFixed(2)} taken by the hypervisor`,
    'stop what else is running, or take a machine of your own: figures will scatter',
  );
}
