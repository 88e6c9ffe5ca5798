import { describe } from 'vitest';
import type { Transport, TransportOptions } from '../../src/contracts.ts';
import { asking } from './contract/asking.ts';
import { backpressure } from './contract/backpressure.ts';
import { connections } from './contract/connections.ts';
import { delivery } from './contract/delivery.ts';
import { faults } from './contract/faults.ts';
import { skimming } from './contract/skimming.ts';

/** What each transport must do, whichever it is. */
export function contractSuite(transport: Transport, overrides: Partial<TransportOptions> = {}): void {
  describe(`${transport.name} keeps the contract`, () => {
    delivery(transport, overrides);
    asking(transport, overrides);
    connections(transport, overrides);
    faults(transport, overrides);
    backpressure(transport, overrides);
    skimming(transport, overrides);
  });
}
