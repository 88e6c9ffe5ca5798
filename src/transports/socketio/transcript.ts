import type { Annotate } from '../../contracts.ts';
import { annotateHttp } from '../http/transcript/annotate.ts';
import { frameSteps } from '../websocket/transcript/steps.ts';
import { readAttachment, readPacket } from './transcript/engine.ts';
import { tell } from './transcript/polling.ts';

/** Takes apart socket.io's packets in engine.io's, in HTTP bodies or in WebSocket frames. */
export const annotate: Annotate = (sent) =>
  annotateHttp(sent, tell, (lane, start) =>
    frameSteps(lane, start, (bytes, isText) => (isText ? readPacket(bytes) : readAttachment(bytes))),
  );
