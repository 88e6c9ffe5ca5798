import type { Trace } from '../../measurements/trace/trace.ts';
import { count, duration } from '../numbers.ts';
import { partsOf } from '../words/header.ts';
import { inProse } from '../words/labels.ts';
import { capital, clean, listed } from '../words/text.ts';
import { overheadOf } from './ledger.ts';

/** What was traced, each part on its own. */
export function headOf({ conversations, scenario }: Trace): string[] {
  const names = conversations.map(({ transport }) => inProse(transport));
  return [
    `trace: what crosses between one client and its server by ${listed(names)}`,
    clean(scenario.name),
    `messages of ${count(scenario.payloadBytes)} B ${scenario.payloadKind}`,
    ...(scenario.rttMs > 0 ? [`rtt ${duration(scenario.rttMs)}`] : []),
  ];
}

/** Where it was traced, each part on its own. */
export function placeOf(trace: Trace): string[] {
  return partsOf(trace);
}

/** What the news cost each of them. */
export function sentencesOf({ conversations }: Trace): string[] {
  return conversations.map((one) => `${capital(inProse(one.transport))}: ${overheadOf(one)}`);
}
