import type { Transport } from '../../contracts.ts';
import { predictEvents, predictNdjson } from './model.ts';

/** One answer that never ends: a line of JSON for each message. */
export const streaming: Transport = {
  name: 'streaming',
  family: 'streaming',
  summary: 'one answer that does not end: chunked, a line of JSON for each message',
  carries: 'streaming',
  resumes: false,
  socketsPerClient: 1,
  socketsToSend: 1,
  settleMs: () => 50,
  beatMs: ({ heartbeatMs }) => heartbeatMs,
  server: async () => (await import('./server.ts')).attachNdjson,
  client: async () => (await import('./client/library.ts')).connectNdjson,
  leanClient: async () => (await import('./client/lean.ts')).connectNdjson,
  model: predictNdjson,
  annotate: async () => (await import('./transcript.ts')).annotate,
};

/** The same as the web's own event stream, with ids to resume from. */
export const sse: Transport = {
  name: 'sse',
  family: 'streaming',
  summary: 'one answer that does not end: server-sent events, resumed after the last one seen',
  carries: 'sse',
  resumes: true,
  socketsPerClient: 1,
  socketsToSend: 1,
  settleMs: () => 50,
  beatMs: ({ heartbeatMs }) => heartbeatMs,
  server: async () => (await import('./server.ts')).attachEvents,
  client: async () => (await import('./client/library.ts')).connectEvents,
  leanClient: async () => (await import('./client/lean.ts')).connectEvents,
  model: predictEvents,
  annotate: async () => (await import('./transcript.ts')).annotate,
};
