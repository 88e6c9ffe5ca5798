import { readFileSync } from 'node:fs';

/** How many files, sockets included, this process and its children may each open; infinite where nothing says. */
export function openFileLimit(): number {
  return parseOpenFileLimit(read('/proc/self/limits'));
}

/** The soft limit in the text of /proc/self/limits. */
export function parseOpenFileLimit(limits: string): number {
  const soft = /^Max open files\s+(\d+)/m.exec(limits)?.[1];
  return soft === undefined ? Number.POSITIVE_INFINITY : Number(soft);
}

/** How many connections one source address may open to one server; null where the system does not tell. */
export function portsPerAddress(): number | null {
  const [first, last] = read('/proc/sys/net/ipv4/ip_local_port_range').trim().split(/\s+/).map(Number);
  return first === undefined || last === undefined ? null : last - first + 1;
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
