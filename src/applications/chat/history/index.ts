import { isBuiltin } from 'node:module';
import { RtbenchError } from '../../../errors.ts';
import type { ResolvedScenario } from '../../../measurements.ts';
import { History } from './history.ts';
import { isElsewhere } from './url.ts';

/** Opens the store that a scenario asks for; null where it asks for none. */
export async function openHistory({ history, historyMode }: ResolvedScenario): Promise<History | null> {
  if (history === 'none') return null;
  const store = isElsewhere(history)
    ? await (await import('./mongodb.ts')).openMongodb(history)
    : await (await import('./sqlite.ts')).openSqlite();
  return new History(store, historyMode);
}

/** Makes sure, before anything runs, that the store of a scenario can be had. */
export async function checkHistory({ application, history }: ResolvedScenario): Promise<void> {
  if (application !== 'chat' || history === 'none') return;
  if (isElsewhere(history)) {
    await (await import('./mongodb.ts')).pingMongodb(history);
  } else if (!isBuiltin('node:sqlite')) {
    const message = `--history sqlite needs Node 22.13 or newer, and this is ${process.version}`;
    throw new RtbenchError('connect', message);
  }
}
