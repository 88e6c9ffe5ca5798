import { Worker } from 'node:worker_threads';
import { areSources, isStandalone, ownText, ownUrl } from './files.ts';

/** The programs that run in a thread, and where their sources are in src. */
export const threads = {
  'metronome-thread': 'schedule/metronome-thread',
  'alarm-thread': 'instrument/link/alarm-thread',
} as const;

/** Starts one of rtbench's own threads. */
export function startThread(name: keyof typeof threads, workerData?: unknown): Worker {
  const built = `dist/${name}.cjs`;
  // In the executable there is no file that could be named.
  if (isStandalone) return new Worker(ownText(built), { workerData, eval: true });
  return new Worker(ownUrl(areSources ? `src/${threads[name]}.ts` : built), { workerData });
}
