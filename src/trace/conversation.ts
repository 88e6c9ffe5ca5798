import type { Annotate, Sent } from '../contracts.ts';
import type { Tapped } from '../instrument/link/protocol.ts';
import { BYTE_CLASSES, type ByteClass, type TraceStep } from '../measurements/trace/steps.ts';
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
  const words = told.map(({ atNs, ...said }) => ({
    kind: 'told' as const,
    atMs: (atNs - startNs) / 1e6,
    ...said,
  }));
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

/** What the client sent or got, and when. */
type Moment = Pick<Tapped['pieces'][number], 'way' | 'atNs'> & { readonly isLost?: true };

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
      return { kind: 'step', ...this.#passing(sent[piece]), ...step };
    });
  }

  /** How it began and ended. */
  marks(): Extract<TraceEvent, { kind: 'opened' | 'ended' | 'reset' }>[] {
    const { openedNs, pieces } = this.#tapped;
    const opened = {
      kind: 'opened' as const,
      ...this.#passing({ way: 'up', atNs: openedNs }),
      way: 'up' as const,
    };
    const ends = pieces.flatMap((piece) => {
      const { what, way } = piece;
      if (what === 'bytes') return [];
      return [{ kind: what === 'end' ? ('ended' as const) : what, ...this.#passing(piece), way }];
    });
    return [opened, ...ends];
  }

  pieces(): Piece[] {
    return this.#sent.map((piece) => {
      const base64 = Buffer.from(piece.latin1, 'latin1').toString('base64');
      return { ...this.#passing(piece), way: piece.way, base64 };
    });
  }

  get #sent(): Tapped['pieces'] {
    return this.#tapped.pieces.filter(({ what }) => what === 'bytes');
  }

  #passing(what: Moment | undefined): Passing {
    if (what === undefined) throw new Error('a step of bytes that never crossed');
    const { connection, startNs, rttMs } = this.#place;
    const { way, atNs, isLost } = what;
    const hereMs = ((way === 'up' ? this.#leftNs(atNs) : atNs) - startNs) / 1e6;
    const [sentMs, arrivedMs] = way === 'up' ? [hereMs, hereMs + rttMs / 2] : [hereMs - rttMs / 2, hereMs];
    return { connection, sentMs, arrivedMs, ...(isLost && { isLost }) };
  }

  /** The kernel accepts at once; over the distance the client could send only after a round trip. */
  #leftNs(atNs: number): number {
    const { openedNs } = this.#tapped;
    return atNs === openedNs ? atNs : Math.max(atNs, openedNs + this.#place.rttMs * 1e6);
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
