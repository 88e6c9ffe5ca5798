import type { Annotate, Sent } from '../contracts.ts';
import type { Tapped } from '../instrument/link/protocol.ts';
import { BYTE_CLASSES, type ByteClass, type Direction, type TraceStep } from '../measurements/trace/steps.ts';
import type { Conversation, Passing, Piece, TraceEvent, Ways } from '../measurements/trace/trace.ts';
import type { Told } from './story.ts';

/** What a conversation is made of. */
export interface Heard {
  readonly transport: string;
  readonly tapped: readonly Tapped[];
  readonly told: readonly Told[];
  readonly news: Conversation['news'];
  readonly rttMs: number;
}

/** Takes apart what crossed, and puts all that happened in the order of time at the client. */
export function conversationOf(
  { transport, tapped, told, news, rttMs }: Heard,
  annotate: Annotate,
): Conversation {
  const startNs = Math.min(...tapped.map(({ openedNs }) => openedNs), ...told.map(({ atNs }) => atNs));
  const connections = tapped.map(
    (one, index) => new Crossing(one, { connection: index + 1, startNs, rttMs }),
  );
  const steps = connections.flatMap((crossing) => crossing.steps(annotate));
  const words = told.map(({ atNs, text }) => ({ kind: 'told' as const, atMs: (atNs - startNs) / 1e6, text }));
  const marks = connections.flatMap((crossing) => crossing.marks());
  return {
    transport,
    connections: connections.length,
    events: [...marks, ...steps, ...words].toSorted((one, other) => atClient(one) - atClient(other)),
    pieces: connections
      .flatMap((crossing) => crossing.pieces())
      .toSorted((one, other) => atClient(one) - atClient(other)),
    classes: classesOf(steps),
    relayed: sumOf(tapped.map(({ upBytes, downBytes }) => ({ up: upBytes, down: downBytes }))),
    news,
  };
}

/** Which connection it is, and what its times are counted from. */
interface Place {
  readonly connection: number;
  readonly startNs: number;
  readonly rttMs: number;
}

/** One TCP connection: the tap saw it from the client's side, and the distance tells the other end's times. */
class Crossing {
  readonly #tapped: Tapped;
  readonly #place: Place;

  constructor(tapped: Tapped, place: Place) {
    this.#tapped = tapped;
    this.#place = place;
  }

  /** What the transport says that crossed. */
  steps(annotate: Annotate): Extract<TraceEvent, { kind: 'step' }>[] {
    const sent = this.#sent;
    const bytes = sent.map(({ way, latin1 }): Sent => ({ way, bytes: Buffer.from(latin1, 'latin1') }));
    return annotate(bytes).map(({ piece, ...step }: TraceStep & { readonly piece: number }) => {
      return { kind: 'step', ...this.#passing(step.way, sent[piece]?.atNs ?? 0), ...step };
    });
  }

  /** How it began and ended. */
  marks(): Extract<TraceEvent, { kind: 'opened' | 'ended' | 'reset' }>[] {
    const { openedNs, pieces } = this.#tapped;
    const opened = { kind: 'opened' as const, ...this.#passing('up', openedNs), way: 'up' as const };
    const ends = pieces.flatMap(({ what, way, atNs }) =>
      what === 'bytes'
        ? []
        : [{ kind: what === 'end' ? ('ended' as const) : what, ...this.#passing(way, atNs), way }],
    );
    return [opened, ...ends];
  }

  pieces(): Piece[] {
    return this.#sent.map(({ way, atNs, latin1 }) => {
      return { ...this.#passing(way, atNs), way, base64: Buffer.from(latin1, 'latin1').toString('base64') };
    });
  }

  get #sent(): Tapped['pieces'] {
    return this.#tapped.pieces.filter(({ what }) => what === 'bytes');
  }

  #passing(way: Direction, atNs: number): Passing {
    const { connection, startNs, rttMs } = this.#place;
    const { openedNs } = this.#tapped;
    // The kernel has accepted at once; over the distance the client could send only after a round trip.
    const earliestNs = atNs === openedNs ? openedNs : openedNs + rttMs * 1e6;
    const hereMs = ((way === 'up' ? Math.max(atNs, earliestNs) : atNs) - startNs) / 1e6;
    return way === 'up'
      ? { connection, sentMs: hereMs, arrivedMs: hereMs + rttMs / 2 }
      : { connection, sentMs: hereMs - rttMs / 2, arrivedMs: hereMs };
  }
}

function atClient(event: TraceEvent | Piece): number {
  if ('kind' in event && event.kind === 'told') return event.atMs;
  return event.way === 'up' ? event.sentMs : event.arrivedMs;
}

function classesOf(steps: readonly TraceStep[]): Record<ByteClass, Ways> {
  const of = (name: ByteClass) =>
    sumOf(
      steps.flatMap(({ way, parts }) =>
        parts.filter((part) => part.class === name).map(({ bytes }) => ({ up: 0, down: 0, [way]: bytes })),
      ),
    );
  const [handshake, header, framing, payload, heartbeat] = BYTE_CLASSES;
  return {
    [handshake]: of(handshake),
    [header]: of(header),
    [framing]: of(framing),
    [payload]: of(payload),
    [heartbeat]: of(heartbeat),
  };
}

function sumOf(ways: readonly Ways[]): Ways {
  return ways.reduce((sum, { up, down }) => ({ up: sum.up + up, down: sum.down + down }), { up: 0, down: 0 });
}
