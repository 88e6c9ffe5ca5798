import type { Trace, TraceEvent } from '../../measurements/trace/trace.ts';
import { count, duration, figure } from '../numbers.ts';
import { partsOf } from '../words/header.ts';
import { inProse } from '../words/labels.ts';
import { capital, clean, listed } from '../words/text.ts';
import { overheadOf } from './ledger.ts';
import { bytesOf } from './story.ts';

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

/** One line of what happened: when, over which connection, which way, what. */
export function eventLine(event: TraceEvent): string {
  if (event.kind === 'told') return `${at(event.atMs)}      ${clean(event.text)}`;
  const isUp = event.way === 'up';
  const line = `${at(isUp ? event.sentMs : event.arrivedMs)} #${event.connection} ${isUp ? '→' : '←'} `;
  if (event.kind !== 'step') return `${line}(${event.kind})`;
  const parts = event.parts.map(({ text }) => clean(text)).join(' | ');
  return `${line}${clean(event.title)} · ${count(bytesOf(event))} B · ${parts}`;
}

function at(ms: number): string {
  return `${figure(ms).padStart(6)} ms`;
}
