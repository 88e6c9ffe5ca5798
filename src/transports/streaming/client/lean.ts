import { openLeanLine } from '../../http/lean/line.ts';
import { NdjsonSkimmer } from './skim-ndjson.ts';
import { SseSkimmer } from './skim-sse.ts';
import { eventsBy, ndjsonBy } from './stream.ts';

export const connectNdjson = ndjsonBy({
  openLine: openLeanLine,
  decoder: (heard, mostBytes) => new NdjsonSkimmer(heard, mostBytes),
});
export const connectEvents = eventsBy({
  openLine: openLeanLine,
  decoder: (heard, mostBytes) => new SseSkimmer(heard, mostBytes),
});
