import type { Flag, HistoryCost } from '../../../measurements.ts';
import { type Evidence, edges } from '../evidence.ts';

/** What became of the messages that were due in the window; what storing cost, by the clock. */
export function historyOf({ server, scenario }: Evidence): HistoryCost | null {
  const [start, , end] = edges(server.readings);
  if (server.history === null || start.history === null || end.history === null) return null;
  const [from, to] = [start.history, end.history];
  const batches = to.batches - from.batches;
  return {
    store: scenario.history === 'sqlite' ? 'sqlite' : 'mongodb',
    mode: scenario.historyMode,
    ...server.history,
    cpuUsPerMessage:
      from.cpuUs === null || to.cpuUs === null || to.stored === from.stored
        ? null
        : (to.cpuUs - from.cpuUs) / (to.stored - from.stored),
    batches,
    batchMeanMs: batches === 0 ? null : (to.batchMs - from.batchMs) / batches,
    given: from.given,
  };
}

/** A round whose store failed measured less than it was to measure. */
export function historyFlags(history: HistoryCost | null): Flag[] {
  if (history === null || history.error === null) return [];
  const { stored, lost, error } = history;
  const message = `${lost} of ${stored + lost} messages were not stored: ${error}`;
  return [{ code: 'history-lost', message, fatal: true }];
}
