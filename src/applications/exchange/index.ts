import type { ResolvedScenario } from '../../measurements.ts';
import type { Application } from '../application.ts';
import { Interests } from './symbols.ts';

/** A flood of small updates: each client follows some of many symbols, popular ones more often. */
export const exchange: Application = {
  name: 'exchange',
  summary: 'updates of many symbols, each to those who follow it',
  speaker: 'server',
  isTwoWay: true,
  messagesPerSecond,
  server: async (scenario) => new (await import('./server.ts')).ExchangeServer(scenario),
  client: async (scenario) => (await import('./client.ts')).exchangeClient(scenario),
};

/** Only symbols that somebody follows are updated: so many of them share what all clients are due. */
function messagesPerSecond(scenario: ResolvedScenario): number {
  const { clients, ratePerSecond } = scenario;
  const interests = new Interests(scenario);
  return (ratePerSecond * interests.followed(clients)) / interests.each;
}
