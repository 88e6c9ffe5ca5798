import type { FlagCode, ResolvedScenario, Round } from '../../../measurements.ts';
import { modelParts } from '../../words/model.ts';
import type { CpuUnit } from '../../writer.ts';
import { churnParts } from './applications/churn.ts';
import { historyParts } from './applications/history.ts';
import { cpuParts, driverParts, linkParts, memoryParts, punctualityParts, roundParts } from './costs.ts';
import {
  byteParts,
  channelParts,
  connectParts,
  deliveryParts,
  requestParts,
  stalenessParts,
} from './traffic.ts';

/** One subject of the page and what is known of it. */
export interface Fact {
  readonly label: string;
  readonly parts: readonly string[];
}

/** What makes a round's times worthless, and nothing else of it. */
const DOUBTS_OF_TIME: readonly FlagCode[] = [
  'driver-saturated',
  'witness-late',
  'generator-slipped',
  'noisy-host',
  'not-stationary',
  'link-late',
];

/** Whether all clients were there and served, however late. */
function wasWhole({ flags }: Round): boolean {
  return flags.every(({ fatal, code }) => !fatal || DOUBTS_OF_TIME.includes(code));
}

/** What one transport did and cost; delivery and history over all rounds, the rest as medians over the valid ones. */
export function factsOf(
  all: readonly Round[],
  valid: readonly Round[],
  scenario: ResolvedScenario,
  cpu?: CpuUnit,
): Fact[] {
  const stored = historyParts(all);
  const delivery = [
    ...(all.length === 0 ? [] : [{ label: 'Delivery', parts: deliveryParts(all) }]),
    ...(stored.length === 0 ? [] : [{ label: 'History', parts: stored }]),
  ];
  if (valid.length === 0) {
    const whole = all.filter(wasWhole);
    if (whole.length === 0) return delivery;
    const coming = { label: 'Connect', parts: connectParts(whole) };
    return [...delivery, coming, { label: 'Memory', parts: memoryParts(whole) }];
  }
  const model = modelParts(valid);
  const told = (label: string, parts: readonly string[]) => (parts.length === 0 ? [] : [{ label, parts }]);
  return [
    ...delivery,
    ...told('Staleness', stalenessParts(valid)),
    ...told('Channels', channelParts(valid)),
    { label: 'Connect', parts: connectParts(valid) },
    ...(valid.some(({ churn }) => churn !== null) ? [{ label: 'Churn', parts: churnParts(all, valid) }] : []),
    { label: 'Bytes', parts: byteParts(valid) },
    { label: 'Requests', parts: requestParts(valid) },
    ...told('Model', model),
    { label: 'Server CPU', parts: cpuParts(valid, cpu) },
    { label: 'Memory', parts: memoryParts(valid) },
    { label: 'Punctuality', parts: punctualityParts(valid) },
    ...(valid.some(({ link }) => link !== null) ? [{ label: 'Link', parts: linkParts(valid) }] : []),
    { label: 'Drivers', parts: driverParts(valid, scenario) },
    { label: 'Rounds', parts: roundParts(all, valid) },
  ];
}
