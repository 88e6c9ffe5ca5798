import { openLeanLine } from '../../http/lean/line.ts';
import { eventsBy, ndjsonBy } from './stream.ts';

export const connectNdjson = ndjsonBy(openLeanLine);
export const connectEvents = eventsBy(openLeanLine);
