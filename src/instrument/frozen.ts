import { spawn } from 'node:child_process';

/** A process that was stopped, until it is let go on. */
export interface Frozen {
  /** Lets it go on. */
  thaw(): void;
  /** For when it has been ended: nobody watches over it any more. */
  forget(): void;
}

// Its standard input ends with us: a stopped process sees no channel close, and would stay for ever.
const WATCH = 'trap "" INT TERM; read -r word || kill -KILL "$0"';

/** Stops a process where it stands; should this one die meanwhile, so does that one. */
export function freeze(pid: number): Frozen {
  const watchman = spawn('sh', ['-c', WATCH, String(pid)], { stdio: ['pipe', 'ignore', 'ignore'] });
  // Where there is no shell, nobody watches.
  watchman.on('error', () => undefined).unref();
  watchman.stdin.on('error', () => undefined);
  process.kill(pid, 'SIGSTOP');
  const forget = () => void watchman.stdin.end('forget\n');
  return {
    forget,
    thaw() {
      process.kill(pid, 'SIGCONT');
      forget();
    },
  };
}
