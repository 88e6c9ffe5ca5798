import type { Round } from '../../measurements.ts';
import type { CpuUnit } from '../writer.ts';
import { cpuParts, driverParts, memoryParts, punctualityParts, roundParts } from './costs.ts';
import { byteParts, connectParts, deliveryParts, requestParts } from './traffic.ts';

/** One subject of the page and what is known of it. */
export interface Fact {
  readonly label: string;
  readonly parts: readonly string[];
}

/** What one transport did and cost; delivery over all rounds, the rest as medians over the valid ones. */
export function factsOf(all: readonly Round[], valid: readonly Round[], cpu?: CpuUnit): Fact[] {
  const delivery = all.length === 0 ? [] : [{ label: 'Delivery', parts: deliveryParts(all) }];
  if (valid.length === 0) return delivery;
  return [
    ...delivery,
    { label: 'Connect', parts: connectParts(valid) },
    { label: 'Bytes', parts: byteParts(valid) },
    { label: 'Requests', parts: requestParts(valid) },
    { label: 'Server CPU', parts: cpuParts(valid, cpu) },
    { label: 'Memory', parts: memoryParts(valid) },
    { label: 'Punctuality', parts: punctualityParts(valid) },
    { label: 'Drivers', parts: driverParts(valid) },
    { label: 'Rounds', parts: roundParts(all, valid) },
  ];
}
