import type { Line } from './line.ts';
import type { Outbox } from './outbox.ts';
import { askOnce } from './whole.ts';

/** How long a server that does not answer can keep a client from closing. */
const PATIENCE_MS = 5_000;

/** What a client closes; `path` is its session's, where the server would otherwise wait for its return and can be told. */
export interface Leaving {
  readonly outbox: Outbox | undefined;
  readonly line: Line;
  readonly upLine: Line | undefined;
  readonly path: string | undefined;
}

/** Sends what is queued, says goodbye, and resolves when no socket is left. */
export async function goodbye({ outbox, line, upLine, path }: Leaving): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, PATIENCE_MS);
  });
  const depart = async () => {
    await outbox?.flush();
    line.abort();
    // A server that is gone needs no goodbye.
    if (path !== undefined) await askOnce((asker) => line.delete(path, asker)).catch(() => {});
  };
  await Promise.race([depart(), patience]);
  clearTimeout(timer);
  await Promise.all([line.close(), upLine?.close()]);
  outbox?.stop();
}

/** Leaves without a word; resolves when no socket is left. */
export async function vanish({ outbox, line, upLine }: Omit<Leaving, 'path'>): Promise<void> {
  outbox?.stop();
  await Promise.all([line.close(), upLine?.close()]);
}
