import type { Direction } from '../../../measurements/trace/steps.ts';
import type { Conversation, Passing, Trace } from '../../../measurements/trace/trace.ts';
import { clean } from '../../words/text.ts';
import { interfaceBlock, packetBlock, sectionBlock } from './blocks.ts';
import { type Flow, flowBetween } from './flow.ts';

/** Addresses that are kept for examples (RFC 5737), and the port by which a reader of captures knows HTTP. */
const CLIENTS = [192, 0, 2] as const;
const SERVERS = [198, 51, 100] as const;
const HTTP_PORT = 80;
const FIRST_PORT = 50_001;

const COMMENT = [
  "Rebuilt by rtbench trace from a relay's record: the bytes, their order and their times are those that crossed, as the client saw them.",
  'Addresses, ports, IP and TCP headers, acknowledgements and the cut into segments are made up around them.',
].join(' ');

const IN_VAIN =
  "The relay's kernel accepted this connection, not the server: nothing that was sent over it arrived.";

/** A capture that Wireshark opens: packets around the bytes that the relay recorded, an interface for each conversation. */
export function captureOf(trace: Trace): Uint8Array {
  const startUs = BigInt(Date.parse(trace.startedAt) || 0) * 1000n;
  const names = trace.conversations.map(({ transport }) => clean(transport));
  return Buffer.concat([
    sectionBlock(`rtbench ${clean(trace.rtbench)}`, COMMENT),
    ...names.map(interfaceBlock),
    ...trace.conversations.flatMap((one, place) => packetsOf(one, place, startUs)),
  ]);
}

/** What is done to the connections at one time, as the client sees it. */
interface Act {
  readonly atMs: number;
  readonly order: number;
  readonly connection: number;
  readonly comment?: string;
  readonly packets: (flow: Flow) => Uint8Array[];
}

function packetsOf(conversation: Conversation, place: number, startUs: bigint): Uint8Array[] {
  const flows = new Map<number, Flow>();
  let id = 0;
  const nextId = () => ++id;
  const flowOf = (connection: number) => {
    const client = { address: [...CLIENTS, place + 1] as const, port: FIRST_PORT + connection - 1 };
    const server = { address: [...SERVERS, place + 1] as const, port: HTTP_PORT };
    const flow = flows.get(connection) ?? flowBetween(client, server, nextId);
    flows.set(connection, flow);
    return flow;
  };
  const made = actsOf(conversation)
    .map(({ packets, ...act }) => ({ ...act, packets: packets(flowOf(act.connection)) }))
    .filter(({ packets }) => packets.length > 0);
  return made.flatMap(({ atMs, comment = '', packets }, at) => {
    const atUs = startUs + BigInt(Math.round(atMs * 1000));
    const fromMs = at === 0 ? Number.NEGATIVE_INFINITY : atMs;
    const said = saidBetween(conversation, fromMs, made[at + 1]?.atMs ?? Number.POSITIVE_INFINITY);
    const words = [comment, said].filter((one) => one !== '').join('\n');
    return packets.map((packet, one) => packetBlock(place, atUs, packet, one === 0 ? words : ''));
  });
}

/** What was told after one thing had crossed and before the next did: it stands at the former. */
function saidBetween({ events }: Conversation, fromMs: number, toMs: number): string {
  const told = events.filter((event) => event.kind === 'told' && event.atMs >= fromMs && event.atMs < toMs);
  return told.map((event) => (event.kind === 'told' ? clean(event.text) : '')).join('\n');
}

/** In the order of time; at one time connections open first and end last. */
function actsOf({ events, pieces = [] }: Conversation): Act[] {
  const crossings = events.filter((event) => event.kind !== 'told' && event.kind !== 'step');
  const sent = [...pieces, ...crossings.filter(({ kind }) => kind !== 'opened')];
  const acts = crossings.flatMap((event): Act[] => {
    const { kind, way, isLost } = event;
    if (kind === 'ended') return actsFor(event, 2, (flow) => flow.end(way, isLost));
    if (kind === 'reset') return actsFor(event, 2, (flow) => flow.reset(way));
    const own = sent.filter(({ connection }) => connection === event.connection);
    return openingOf(event, own.length > 0 && own.every((one) => one.isLost === true));
  });
  const bytes = pieces.flatMap((piece) =>
    actsFor(piece, 1, (flow) => flow.send(piece.way, Buffer.from(piece.base64, 'base64'), piece.isLost)),
  );
  return [...acts, ...bytes].toSorted((one, other) => one.atMs - other.atMs || one.order - other.order);
}

/** The server's answer is back after as long again; unless the record knows that bytes went sooner. */
function openingOf(opened: Passing, isInVain: boolean): Act[] {
  const { connection, sentMs } = opened;
  const comment = isInVain ? { comment: IN_VAIN } : {};
  return [
    { atMs: sentMs, order: 0, connection, packets: (flow) => flow.open() },
    { atMs: backMs(opened), order: 0, connection, ...comment, packets: (flow) => flow.accept() },
  ];
}

/** What is sent, when the client sees it, and the server's acknowledgement where it owes one. */
function actsFor(sent: Passing & { readonly way: Direction }, order: number, packets: Act['packets']): Act[] {
  const { way, connection, sentMs, arrivedMs, isLost } = sent;
  if (way === 'up') {
    const act = { atMs: sentMs, order, connection, packets };
    return [act, { ...act, atMs: backMs(sent), packets: (flow) => flow.acknowledge() }];
  }
  // What the server sent and was lost, the client never saw.
  return isLost ? [] : [{ atMs: arrivedMs, order, connection, packets }];
}

/** When the client hears from the server that something got there. */
function backMs({ sentMs, arrivedMs }: Passing): number {
  return 2 * arrivedMs - sentMs;
}
