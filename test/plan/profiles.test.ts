import { describe, expect, it } from 'vitest';
import { makePlan, type Request } from '../../src/plan/make.ts';
import { profileNames } from '../../src/plan/profiles.ts';
import { listScenarios } from '../../src/scenarios.ts';
import { findTransport } from '../../src/transports/index.ts';

const socketio = findTransport('socketio');
if (socketio === undefined) throw new Error('no socketio');
const BARE: Request = {
  command: ['compare'],
  transports: [socketio],
  scenario: { name: 'bare', summary: 'nothing set', application: 'broadcast', settings: {} },
  rounds: 5,
  isolate: 'auto',
  options: {},
};
const plan = (request: Partial<Request>) => makePlan({ ...BARE, ...request }, { openFiles: 20_000 });

describe('a profile', () => {
  const many = { ...BARE.scenario, settings: { rounds: 9 } };

  it('wins over the default and the scenario, and a typed option over it', () => {
    const few = plan({ profile: 'ci' }).scenario.rounds;
    expect(few).toBeLessThan(BARE.rounds);
    expect(plan({ profile: 'ci', scenario: many }).scenario.rounds).toBe(few);
    expect(plan({ profile: 'ci', scenario: many, options: { rounds: '4' } }).scenario.rounds).toBe(4);
    expect(plan({ scenario: many }).scenario.rounds).toBe(9);
  });

  it('goes with every scenario, and leaves enough rounds for intervals', async () => {
    for (const scenario of await listScenarios()) {
      for (const profile of profileNames) {
        expect(plan({ scenario, profile }).scenario.rounds, scenario.name).toBeGreaterThanOrEqual(3);
      }
    }
  });

  it.each([
    ['cii', 'Expected --profile to be one of ci, got `cii`. Did you mean `ci`?'],
    ['toString', 'Expected --profile to be one of ci, got `toString`'],
    ['', 'Expected --profile to be one of ci, got ``'],
  ])('of the name `%s` is refused', (profile, message) => {
    expect(() => plan({ profile })).toThrow(message);
  });
});
