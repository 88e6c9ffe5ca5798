import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { onPath } from '../pinning.ts';

/** A network of its own, in which loopback carries nothing but what is run in it. */
export interface Namespace {
  /** What a command must begin with to run in it. */
  readonly enter: readonly string[];
  end(): Promise<void>;
}

/** A namespace, or why there is none. */
export type Isolation =
  | { readonly namespace: Namespace; readonly missing: null }
  | { readonly namespace: null; readonly missing: string };

const PROGRAMS = ['unshare', 'nsenter', 'ip'];
const PRIVATE_NETWORK = ['--user', '--map-root-user', '--net'];
// It lives as long as its standard input: should we be killed, the kernel takes the namespace down.
const HOLD = 'ip link set lo up && echo up && exec cat >/dev/null';

/** Makes a private network namespace, without privileges where the kernel allows that. */
export async function isolate(): Promise<Isolation> {
  if (process.platform !== 'linux') return none(`needs Linux, and this is ${process.platform}`);
  const absent = PROGRAMS.filter((program) => !onPath(program));
  if (absent.length > 0)
    return none(`${absent.join(' and ')} not found (Debian: apt install util-linux iproute2)`);
  const holder = spawn('unshare', [...PRIVATE_NETWORK, '--', 'sh', '-c', HOLD], {
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let complaint = '';
  holder.stderr.on('data', (chunk: Buffer) => {
    complaint += chunk;
  });
  const over = once(holder, 'close');
  const up = await Promise.race([once(holder.stdout, 'data'), over.then(() => undefined)]);
  if (up === undefined) {
    return none(complaint.trim().replaceAll(/\s+/g, ' ') || 'the kernel refused a network namespace');
  }
  return {
    missing: null,
    namespace: {
      enter: ['nsenter', '--target', String(holder.pid), '--user', '--net', '--preserve-credentials', '--'],
      async end() {
        holder.stdin.end();
        await over;
      },
    },
  };
}

function none(missing: string): Isolation {
  return { namespace: null, missing };
}
