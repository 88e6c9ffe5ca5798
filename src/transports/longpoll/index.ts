import type { Transport } from '../../contracts.ts';
import { predictLongpoll } from './model.ts';

/** Asking again after each answer, which waits until there is something to tell. */
export const longpoll: Transport = {
  name: 'longpoll',
  family: 'longpoll',
  summary: 'a request that is held until there is a message, then asked again',
  carries: 'longpoll',
  resumes: true,
  socketsPerClient: 1,
  socketsToSend: 1,
  settleMs: () => 50,
  beatMs: ({ holdMs }) => holdMs,
  server: async () => (await import('./server.ts')).attach,
  client: async () => (await import('./library.ts')).connect,
  leanClient: async () => (await import('./lean.ts')).connect,
  model: predictLongpoll,
  annotate: async () => (await import('../polling/transcript.ts')).annotate,
};
