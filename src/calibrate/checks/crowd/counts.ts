import type { Round } from '../../../measurements.ts';

/** What was counted at the server in a round. */
export interface Counts {
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
  return { messages: delivery.arrivedInWindow, requests, appUp, appDown, packets };
}

/** By what, if anything, a server could tell the crowds apart: exactly, where nothing is left to chance. */
export function unlike(served: Served): string[] {
  const { transport, lean, library } = served;
  const faults = library.requests === 0 ? pushedUnlike(served) : askedUnlike(served);
  const [packets, usual] = [perMessage(lean, lean.packets), perMessage(library, library.packets)];
  if (packets !== null && usual !== null && Math.abs(packets / usual - 1) > PACKETS_SHARE) {
    faults.push(`${packets.toFixed(2)} packets a message, not ${usual.toFixed(2)}`);
  }
  return faults.map((fault) => `${transport}: a lean crowd makes ${fault}`);
}

/** Who is only sent to moves the same bytes for each message. */
function pushedUnlike({ lean, library }: Served): string[] {
  const faults = lean.requests === 0 ? [] : [`${lean.requests} requests, not 0`];
  for (const way of ['appUp', 'appDown'] as const) {
    if (lean[way] * library.messages === library[way] * lean.messages) continue;
    const [bytes, usual] = [perMessage(lean, lean[way]) ?? 0, perMessage(library, library[way]) ?? 0];
    faults.push(
      `${bytes.toFixed(2)} B ${way === 'appUp' ? 'up' : 'down'} a message, not ${usual.toFixed(2)}`,
    );
  }
  return faults;
}

/** Who asks moves the same bytes for each request; how often it asks within a window is in part chance. */
function askedUnlike({ clients, lean, library }: Served): string[] {
  const faults: string[] = [];
  const [bytes, usualBytes] = [lean.appUp / lean.requests, library.appUp / library.requests];
  if (!(Math.abs(bytes - usualBytes) <= DIGIT_BYTES)) {
    faults.push(`${bytes.toFixed(2)} B up a request, not ${usualBytes.toFixed(2)}`);
  }
  const chance = PACE_SHARE + (SIGMAS * Math.sqrt(clients / 2)) / library.requests;
  for (const [what, of] of [
    ['requests', ({ requests }: Counts) => requests],
    ['B down', ({ appDown }: Counts) => appDown],
  ] as const) {
    const [many, usual] = [perMessage(lean, of(lean)) ?? 0, perMessage(library, of(library)) ?? 0];
    if (!(Math.abs(many / usual - 1) <= chance))
      faults.push(`${many.toFixed(3)} ${what} a message, not ${usual.toFixed(3)}`);
  }
  return faults;
}

function perMessage({ messages }: Counts, count: number | null): number | null {
  return count === null ? null : count / messages;
}
