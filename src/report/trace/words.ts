import { BYTE_CLASSES } from '../../measurements/trace/steps.ts';
import type { Conversation, Trace, TraceEvent } from '../../measurements/trace/trace.ts';
import { count, duration, figure } from '../numbers.ts';
import { partsOf } from '../words/header.ts';
import { inProse, nameOf } from '../words/labels.ts';
import { capital, clean, counted, listed } from '../words/text.ts';

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

/** What was traced, each part on its own. */
export function workOf({ conversations, scenario }: Trace): string[] {
  const transports = conversations.map(({ transport }) => nameOf(transport)).join(', ');
  return [
    `trace of ${transports}`,
    clean(scenario.name),
    `${count(scenario.payloadBytes)} B ${scenario.payloadKind}`,
    ...(scenario.rttMs > 0 ? [`${duration(scenario.rttMs)} round trip`] : []),
  ];
}

/** What each conversation came to. */
export function sentencesOf({ conversations }: Trace): string[] {
  return conversations.map((one) => {
    const { messages, bytes } = one.news;
    return (
      `${capital(inProse(one.transport))}: ${counted(bytes, 'byte')} of news in ${counted(messages, 'message')} cost ` +
      `${count(one.relayed.up + one.relayed.down)} bytes over ${counted(one.connections, 'connection')} (${sharesOf(one)}).`
    );
  });
}

function sharesOf({ classes }: Conversation): string {
  return BYTE_CLASSES.map((name) => `${name} ${count(classes[name].up + classes[name].down)}`).join(', ');
}

/** One line of what happened: when, over which connection, which way, what. */
export function eventLine(event: TraceEvent): string {
  if (event.kind === 'told') return `${at(event.atMs)}      ${clean(event.text)}`;
  const isUp = event.way === 'up';
  const who = `#${event.connection} ${isUp ? '→' : '←'}`;
  const line = `${at(isUp ? event.sentMs : event.arrivedMs)} ${who} `;
  if (event.kind !== 'step') return `${line}(${event.kind})`;
  const bytes = event.parts.reduce((sum, part) => sum + part.bytes, 0);
  return `${line}${clean(event.title)} · ${count(bytes)} B · ${event.parts.map(({ text }) => clean(text)).join(' | ')}`;
}

function at(ms: number): string {
  return `${figure(ms).padStart(6)} ms`;
}
