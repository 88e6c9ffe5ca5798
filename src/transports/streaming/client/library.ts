import { openLibraryLine } from '../../http/library/line.ts';
import { NdjsonDecoder } from './ndjson.ts';
import { SseDecoder } from './sse.ts';
import { eventsBy, ndjsonBy } from './stream.ts';

export const connectNdjson = ndjsonBy({
  openLine: openLibraryLine,
  decoder: (heard, mostBytes) => new NdjsonDecoder(heard, mostBytes),
});
export const connectEvents = eventsBy({
  openLine: openLibraryLine,
  decoder: (heard, mostBytes) => new SseDecoder(heard, mostBytes),
});
