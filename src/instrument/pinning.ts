import { accessSync, constants, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Which cores the server and the clients are held to. */
export interface Pinning {
  readonly server: readonly number[];
  readonly clients: readonly number[];
}

/** Parses the kernel's core lists: "0-2,5" is [0, 1, 2, 5]. */
export function parseCoreList(text: string): number[] {
  return text
    .trim()
    .split(',')
    .filter((part) => part !== '')
    .flatMap((part) => {
      const [first = 0, last = first] = part.split('-').map(Number);
      return Array.from({ length: last - first + 1 }, (_, offset) => first + offset);
    });
}

/** The cores this process may use; undefined where the system does not tell. */
export function allowedCores(): number[] | undefined {
  try {
    const list = /^Cpus_allowed_list:\s*(\S+)/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1];
    return list === undefined ? undefined : parseCoreList(list);
  } catch {
    return undefined;
  }
}

/** The first core for the server, the others for the clients; null where they cannot be kept apart. */
export function choosePinning(cores = allowedCores()): Pinning | null {
  const [server, ...clients] = cores ?? [];
  if (server === undefined || clients.length === 0 || !onPath('taskset')) return null;
  return { server: [server], clients };
}

/** The command that runs `command` on `cores` and gets `signal` when this process is gone, as far as the system can do either; `enter` comes first. */
export function heldCommand(
  command: readonly string[],
  cores: readonly number[] | undefined,
  enter: readonly string[] = [],
  signal: 'KILL' | 'TERM' = 'KILL',
): string[] {
  const pinned = cores === undefined ? command : ['taskset', '--cpu-list', cores.join(','), ...command];
  // Entering a namespace changes credentials, and that forgets whom to die with: hold on after it.
  const held = onPath('setpriv') ? ['setpriv', '--pdeathsig', signal, '--', ...pinned] : pinned;
  return [...enter, ...held];
}

/** Whether a program of this name can be run. */
export function onPath(program: string): boolean {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
