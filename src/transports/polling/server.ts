import type { Attach } from '../../contracts.ts';
import { attachPolls } from './polls.ts';

/** Serves polling: every request is answered at once. */
export const attach: Attach = (http, app, options) => attachPolls(http, app, options);
