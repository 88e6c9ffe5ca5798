import type { Head, ResolvedScenario, Round } from '../../../measurements.ts';
import { duration } from '../../numbers.ts';
import { isSilent } from '../../silence.ts';
import { type Html, html, nothing } from '../markup.ts';
import type { Section } from '../shell.ts';
import { machineFacts, repetition } from './machine.ts';
import { roundTable } from './rounds.ts';

/** A word of the page and what it stands for. */
interface Term {
  readonly word: string;
  readonly meaning: string;
  /** Whether the page uses it; always if absent. */
  isTold?(scenario: ResolvedScenario): boolean;
}

const isSpoken = (scenario: ResolvedScenario) => !isSilent(scenario);

const TERMS: readonly Term[] = [
  {
    word: 'Round',
    meaning:
      'One transport, one fresh server process, one measurement. Rounds of different transports alternate in a random order, so that a machine that grows slower favours none of them.',
  },
  {
    word: 'Latency',
    meaning:
      'From the moment at which a message was due, not from when it was sent, until a client had it: a server that stalls is late for every message of the stall.',
    isTold: isSpoken,
  },
  {
    word: 'p50, p99',
    meaning: 'Half of the messages came sooner than the first, 99 of 100 sooner than the second.',
    isTold: isSpoken,
  },
  {
    word: 'Witnesses',
    meaning:
      'Clients in a process of their own, at which latency is read, so that the work of the many others is not in it.',
    isTold: isSpoken,
  },
  {
    word: 'Lost',
    meaning:
      'Of the messages that were due to a client, those that never came. What was expected is what was delivered and what was lost; nothing is averaged away.',
    isTold: isSpoken,
  },
  {
    word: 'Bytes',
    meaning:
      'Payload is what the application wanted to move; the protocol adds headers and frames (app bytes), TCP and IP add theirs (wire bytes, read from the kernel).',
  },
  {
    word: 'Server CPU',
    meaning:
      'User and system time of the server process alone. Absolute figures hold for this machine and this hour; ratios carry further.',
  },
  {
    word: 'Memory',
    meaning: "What the server's heap grew by for each connected client, after a collection.",
  },
  {
    word: '95% interval',
    meaning:
      'Where the median would lie in 95 of 100 repetitions, by the bootstrap over rounds. Ratios are formed inside each block of neighbouring rounds.',
  },
  {
    word: '≈',
    meaning: 'These rounds cannot tell the two apart. It does not mean that they are the same.',
  },
  {
    word: 'Noticed, recovered',
    meaning:
      'From the beginning of a fault until a client (or the server) knew of it; from its end until the first message after it.',
    isTold: ({ faults }) => faults.length > 0,
  },
  {
    word: 'Same node, other nodes',
    meaning:
      'Messages to clients of the server that said them, and to clients of the others, which must hear of it first.',
    isTold: ({ nodes }) => nodes > 1,
  },
];

/** How it was measured in a few lines, and what each word of the page means. */
function methodOf(scenario: ResolvedScenario): Html {
  const told = TERMS.filter(({ isTold }) => isTold?.(scenario) ?? true);
  const { warmupMs, durationMs, witnesses } = scenario;
  const window = isSilent(scenario)
    ? `All clients connect and are left alone for ${duration(durationMs)}; what the server spends meanwhile is theirs.`
    : `Clients connect first, the server is warmed up for ${duration(warmupMs)}, and then a window of ${duration(durationMs)} is measured. Messages are sent when they are due, whether or not the last one arrived; ${witnesses} clients read the latency.`;
  return html`<p>Every transport carries the same messages on the same schedule to the same clients; only the transport differs. ${window}</p>
<dl class="terms">${told.map(
    ({ word, meaning }) => html`<div><dt>${word}</dt><dd>${meaning}</dd></div>
`,
  )}</dl>`;
}

/** What closes every page: each round where there are some, how it was measured, on which machine, and how to do it again. */
export function methodSections(head: Head, rounds: readonly Round[] = []): Section[] {
  return [
    { id: 'rounds', title: 'Every round', body: roundTable(rounds) },
    {
      id: 'method',
      title: 'How it was measured',
      body: rounds.length === 0 ? nothing : methodOf(head.scenario),
    },
    { id: 'machine', title: 'The machine', body: machineFacts(head) },
    { id: 'again', title: 'Do it again', body: repetition(head) },
  ];
}
