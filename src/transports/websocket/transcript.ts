import type { Annotate } from '../../contracts.ts';
import { annotateHttp } from '../http/transcript/annotate.ts';
import { payload } from '../transcript/runs.ts';
import { frameSteps } from './transcript/steps.ts';
import { tellUpgrade } from './transcript/upgrade.ts';

/** Takes apart a WebSocket from its upgrade to its close frames: a frame carries a message as it is. */
export const annotate: Annotate = (sent) =>
  annotateHttp(sent, tellUpgrade, (lane, start) =>
    frameSteps(lane, start, (bytes, isText) => ({ title: '', why: '', runs: [payload(bytes, !isText)] })),
  );
