import type { Conversation, Trace, TraceEvent } from '../../measurements/trace/trace.ts';
import { count, duration } from '../numbers.ts';
import { inProse } from '../words/labels.ts';
import { clean, cut } from '../words/text.ts';
import { addendsOf, overheadOf } from './ledger.ts';
import { asks, bytesOf, isFar, LEAST_MS, LOST, type Scene, scenesOf, waitOf } from './story.ts';

/** One diagram of all conversations, each with a client and a server of its own. */
export function mermaid({ conversations }: Trace): string {
  return diagramOf(conversations);
}

/** The text of a sequence diagram, as GitHub draws it. */
export function diagramOf(conversations: readonly Conversation[]): string {
  const several = conversations.length > 1;
  const pairs = conversations.map((conversation, index) => {
    const number = several ? String(index + 1) : '';
    return { conversation, pair: { client: `C${number}`, server: `S${number}` } };
  });
  const told = pairs
    .flatMap(({ conversation, pair }) => linesOf(conversation, pair))
    .toSorted((one, other) => one.atMs - other.atMs);
  const lines = [
    ...pairs.flatMap(({ conversation, pair }) => participantLines(conversation, pair, several)),
    ...told.flatMap(({ lines }) => lines),
    ...pairs.map(({ conversation, pair }) => noteOver(pair, overheadOf(conversation))),
  ];
  return `sequenceDiagram\n${lines.map((line) => `  ${line}\n`).join('')}`;
}

/** The lines of a scene, and when it is. */
interface Drawn {
  readonly atMs: number;
  readonly lines: readonly string[];
}

type Crossing = Exclude<TraceEvent, { kind: 'told' }>;

/** What one client and its server are called in the diagram. */
interface Pair {
  readonly client: string;
  readonly server: string;
}

const LONGEST = 110;
/** What a diagram could take for a word of its own: all but letters and harmless signs, and a colon that ends a word. */
const UNSAFE = /:(?! )|[^\p{L}\p{N} /.,:_()=?+*'@!·×–-]/gu;

function participantLines({ transport }: Conversation, { client, server }: Pair, isBoxed: boolean): string[] {
  const name = safe(inProse(transport));
  if (!isBoxed) return [`participant ${client} as client by ${name}`, `participant ${server} as server`];
  return [
    `box transparent by ${name}`,
    `participant ${client} as client`,
    `participant ${server} as server`,
    'end',
  ];
}

/** What is drawn for each scene; a server is active while a request is with it. */
function linesOf(conversation: Conversation, pair: Pair): Drawn[] {
  const asked = new Set<number>();
  return scenesOf(conversation).map((scene) => {
    const { event, atMs, gapMs } = scene;
    const wait = gapMs < LEAST_MS ? [] : [noteOver(pair, waitOf(scene))];
    const arrow =
      event.kind === 'told' ? noteOver(pair, event.text) : arrowOf(event, pair, conversation.connections > 1);
    return { atMs, lines: [...wait, arrow, ...activity(event, pair, asked), ...notesOf(scene, pair)] };
  });
}

const SHAFTS = { step: '->>', opened: '--)', ended: '--)', reset: '--x' } as const;
/** Of what never arrives. */
const LOST_SHAFTS = { ...SHAFTS, step: '-x', opened: '--x', ended: '--x' } as const;
const VERBS = { opened: 'opens', ended: 'ends', reset: 'resets' } as const;

function arrowOf(event: Crossing, { client, server }: Pair, hasConnections: boolean): string {
  const { kind, connection, way, sentMs, arrivedMs, isLost } = event;
  const ends = way === 'up' ? [client, server] : [server, client];
  const number = hasConnections ? `(${connection}) ` : '';
  const what =
    kind === 'step'
      ? `${cut(clean(event.title), LONGEST)}, ${count(bytesOf(event))} B`
      : `${VERBS[kind]} ${kind === 'opened' ? 'a' : 'the'} connection`;
  const far = isFar(event) ? `, ${duration(arrivedMs - sentMs)} on the way` : '';
  const shaft = (isLost ? LOST_SHAFTS : SHAFTS)[kind];
  return `${ends.join(shaft)}: ${safe(number + what + (isLost ? `, ${LOST}` : far))}`;
}

/** What the first of its kind says of itself. */
function notesOf({ event, isFirst }: Scene, pair: Pair): string[] {
  if (event.kind !== 'step' || !isFirst) return [];
  const parts = event.parts.length > 1 ? addendsOf(event.parts).join(' + ') : '';
  return [event.why, parts].filter((text) => text !== '').map((text) => noteOver(pair, text));
}

/** From a request to the beginning of its answer, or to the connection's end. */
function activity(event: TraceEvent, { server }: Pair, asked: Set<number>): string[] {
  if (event.kind === 'told' || event.kind === 'opened') return [];
  if (event.kind === 'step' && asks(event)) {
    if (event.isLost || asked.has(event.connection)) return [];
    asked.add(event.connection);
    return [`activate ${server}`];
  }
  const isOver = event.kind !== 'step' || event.way === 'down';
  return isOver && asked.delete(event.connection) ? [`deactivate ${server}`] : [];
}

function noteOver({ client, server }: Pair, text: string): string {
  return `Note over ${client},${server}: ${safe(cut(clean(text), LONGEST))}`;
}

/** A foreign text that cannot end a line, begin a comment or be taken for syntax; never empty. */
function safe(text: string): string {
  return clean(text).replace(UNSAFE, (letter) => `#${letter.codePointAt(0)};`) || '?';
}
