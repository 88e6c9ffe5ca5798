import type { Attach } from '../../contracts.ts';
import { attachPolls } from '../polling/polls.ts';

/** Serves long polling: a request with nothing to get is held until there is. */
export const attach: Attach = (http, app, options) => {
  const limit = options.longpollBatch ? Number.POSITIVE_INFINITY : 1;
  return attachPolls(http, app, options, { holdMs: options.holdMs, limit });
};
