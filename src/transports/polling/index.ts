import type { Transport } from '../../contracts.ts';
import { predictPolling } from './model.ts';

/** Asking again and again, a fixed time after each answer. */
export const polling: Transport = {
  name: 'polling',
  family: 'polling',
  summary: 'a request every interval, answered at once with all that is new since its cursor',
  carries: 'polling',
  resumes: true,
  socketsPerClient: 1,
  settleMs: ({ pollIntervalMs }) => pollIntervalMs,
  beatMs: ({ pollIntervalMs }) => pollIntervalMs,
  server: async () => (await import('./server.ts')).attach,
  client: async () => (await import('./client/library.ts')).connect,
  leanClient: async () => (await import('./client/lean.ts')).connect,
  model: predictPolling,
  annotate: async () => (await import('./transcript.ts')).annotate,
};
