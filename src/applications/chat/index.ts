import type { Application } from '../application.ts';
import { companyOf, meanAudience } from './rooms.ts';

/** Rooms in which each member speaks and all of them hear it, the speaker too. */
export const chat: Application = {
  name: 'chat',
  summary: 'clients in rooms: each message of a member goes to all of its room',
  speaker: 'clients',
  isTwoWay: true,
  messagesPerSecond: (scenario) => (scenario.clients * scenario.ratePerSecond) / meanAudience(scenario),
  audience: companyOf,
  server: async (scenario) => (await import('./server.ts')).chatServer(scenario),
  client: async (scenario) => (await import('./client.ts')).chatClient(scenario),
};
