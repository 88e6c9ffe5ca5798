import type { Transport } from '../contracts.ts';
import type { FaultName } from '../measurements.ts';
import { expected } from '../plan/wording.ts';

/** What is told when a fault begins, and when it is over. */
interface Words {
  readonly begins: string;
  readonly ends: string;
}

/** What can go wrong in a trace: what there is only one client for, and what shows on the wire. */
const WORDS = {
  'link-cut': {
    begins: 'the link is cut: both sides are told by a reset',
    ends: 'the link is back',
  },
  'link-hole': {
    begins: 'the link is a hole now: nothing passes, and nobody is told',
    ends: 'the link is back',
  },
  'server-kill': {
    begins: 'the server is killed',
    ends: 'another server is there, which knows nothing of the client',
  },
  'server-restart': {
    begins: 'the server is restarted: it tells its client and ends',
    ends: 'another server is there, which knows nothing of the client',
  },
  'upgrade-403': {
    begins: 'something on the way answers a request for a WebSocket with 403',
    ends: 'nothing is in the way any more',
  },
  'upgrade-200': {
    begins: 'something on the way answers a request for a WebSocket with a page of its own',
    ends: 'nothing is in the way any more',
  },
  'upgrade-dropped': {
    begins: 'something on the way swallows a request for a WebSocket',
    ends: 'nothing is in the way any more',
  },
  buffering: {
    begins: 'a proxy on the way keeps the parts of an answer back',
    ends: 'the proxy lets go of what it kept back',
  },
} as const satisfies Partial<Record<FaultName, Words>>;

/** A fault that a trace can show. */
export type TraceFault = keyof typeof WORDS;

/** Their names, in the order that the help shows them. */
export const traceFaults = Object.keys(WORDS).filter((name): name is TraceFault => name in WORDS);

/** What is told of a fault. */
export function wordsOf(fault: TraceFault): Words {
  return WORDS[fault];
}

/** Whether it is there before the client comes. */
export function isStanding(fault: TraceFault): boolean {
  return fault.startsWith('upgrade-');
}

/** Whether it is the server that it strikes, and not the way to it. */
export function strikesServer(fault: TraceFault): boolean {
  return fault.startsWith('server-');
}

/** Reads `--fault`; refuses what none of the transports would notice. */
export function readFault(text: string, transports: readonly Transport[]): TraceFault {
  const fault = traceFaults.find((name) => name === text);
  if (fault === undefined) throw expected('--fault', `one of ${traceFaults.join(', ')}`, text);
  for (const { name, carries, family } of transports) {
    if (isStanding(fault) && carries !== 'websocket')
      throw expected('--fault', `one that ${name} notices, which asks for no WebSocket`, text);
    if (fault === 'buffering' && family !== 'streaming')
      throw expected('--fault', `one that ${name} notices, whose answers do not come in parts`, text);
  }
  return fault;
}
