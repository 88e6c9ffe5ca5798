import type { Application } from '../application.ts';
import { ChurnClients } from './client.ts';
import { ChurnServer } from './server.ts';

/** Everyone is in one room and the server speaks, while clients come and go. */
export const churn: Application = {
  name: 'churn',
  summary: 'the server sends each message to every client, while clients leave and come back',
  speaker: 'server',
  comesAndGoes: true,
  messagesPerSecond: ({ ratePerSecond }) => ratePerSecond,
  server: async (scenario) => new ChurnServer(scenario),
  client: async (scenario) => new ChurnClients(scenario),
};
