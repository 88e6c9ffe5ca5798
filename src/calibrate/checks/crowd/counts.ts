import type { Round } from '../../../measurements.ts';

/** What was counted at the server in a round. */
export interface Counts {
  /** Deliveries that were due in the window, and those that arrived in it. */
  readonly expected: number;
  readonly messages: number;
  readonly requests: number;
  readonly appUp: number;
  readonly appDown: number;
  /** Null where the kernel's own account cannot be had. */
  readonly packets: number | null;
}

/** The two rounds of one transport, by what their crowds were made of. */
export interface Served {
  readonly transport: string;
  readonly clients: number;
  readonly lean: Counts;
  readonly library: Counts;
  /** Server CPU per message, the lean crowd's over the library's. */
  readonly cpuRatio: number;
}

/** A cursor may have one digit more or less. */
const DIGIT_BYTES = 1;
/** An interval runs from an answer: who hears it later asks less often. */
const PACE_SHARE = 0.02;
/** The kernel acknowledges alone or along with what is sent. */
const PACKETS_SHARE = 0.05;
/** At each end of a window a client may just have asked, or not. */
const SIGMAS = 4;

/** What was counted in a round. */
export function countsOf({ delivery, requests, bytes: { appUp, appDown, packets } }: Round): Counts {
  const { expected, arrivedInWindow: messages } = delivery;
  return { expected, messages, requests, appUp, appDown, packets };
}

/** Whether nothing but chance was under way when the counters were read: else they say less. */
export function isWhole({ clients, lean, library }: Served): boolean {
  const most = library.requests === 0 ? 0 : endsOf(clients);
  return [lean, library].every(({ expected, messages }) => Math.abs(expected - messages) <= most);
}

/** By what, if anything, a server could tell the crowds apart: exactly, where nothing is left to chance. */
export function unlike(served: Served): string[] {
  const { transport, clients, lean, library } = served;
  // A broadcast at each end of the window.
  const underWay = isWhole(served) ? 0 : (2 * clients) / Math.min(lean.messages, library.messages);
  const faults = library.requests === 0 ? pushedUnlike(served, underWay) : askedUnlike(served, underWay);
  const [packets, usual] = [perMessage(lean, lean.packets), perMessage(library, library.packets)];
  if (packets !== null && usual !== null && Math.abs(packets / usual - 1) > PACKETS_SHARE + underWay) {
    faults.push(`${packets.toFixed(2)} packets a message, not ${usual.toFixed(2)}`);
  }
  return faults.map((fault) => `${transport}: a lean crowd makes ${fault}`);
}

/** Who is only sent to moves the same bytes for each message. */
function pushedUnlike({ lean, library }: Served, underWay: number): string[] {
  const faults = lean.requests === 0 ? [] : [`${lean.requests} requests, not 0`];
  for (const way of ['appUp', 'appDown'] as const) {
    const [bytes, usual] = [lean[way] / lean.messages, library[way] / library.messages];
    if (bytes === usual || Math.abs(bytes / usual - 1) <= underWay) continue;
    faults.push(
      `${bytes.toFixed(2)} B ${way === 'appUp' ? 'up' : 'down'} a message, not ${usual.toFixed(2)}`,
    );
  }
  return faults;
}

/** Who asks moves the same bytes for each request; how often it asks within a window is in part chance. */
function askedUnlike({ clients, lean, library }: Served, underWay: number): string[] {
  const faults: string[] = [];
  const [bytes, usualBytes] = [lean.appUp / lean.requests, library.appUp / library.requests];
  if (!(Math.abs(bytes - usualBytes) <= DIGIT_BYTES)) {
    faults.push(`${bytes.toFixed(2)} B up a request, not ${usualBytes.toFixed(2)}`);
  }
  const chance =
    PACE_SHARE + endsOf(clients) / library.requests + endsOf(clients) / library.messages + underWay;
  for (const [what, of] of [
    ['requests', ({ requests }: Counts) => requests],
    ['B down', ({ appDown }: Counts) => appDown],
  ] as const) {
    const [many, usual] = [of(lean) / lean.messages, of(library) / library.messages];
    if (!(Math.abs(many / usual - 1) <= chance))
      faults.push(`${many.toFixed(3)} ${what} a message, not ${usual.toFixed(3)}`);
  }
  return faults;
}

/** How many more or fewer it may be by chance, each client one at each end. */
function endsOf(clients: number): number {
  return SIGMAS * Math.sqrt(clients / 2);
}

function perMessage({ messages }: Counts, count: number | null): number | null {
  return count === null ? null : count / messages;
}
