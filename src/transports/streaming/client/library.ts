import { openLibraryLine } from '../../http/library/line.ts';
import { eventsBy, ndjsonBy } from './stream.ts';

export const connectNdjson = ndjsonBy(openLibraryLine);
export const connectEvents = eventsBy(openLibraryLine);
