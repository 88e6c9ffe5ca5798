import type { Link, Prediction, Workload } from '../../contracts.ts';
import { predictAsking } from '../model/asking.ts';
import { pollsOf } from '../polling/model.ts';

/** A request that waits for a message, and is asked again at once. */
export function predictLongpoll(work: Workload, link: Link): Prediction {
  const { holdMs, longpollBatch: batched } = work.options;
  return predictAsking(work, link, { ...pollsOf(work), pauseMs: 0, holdMs, batched });
}
