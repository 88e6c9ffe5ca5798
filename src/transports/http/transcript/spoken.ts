import type { Annotated, ByteClass, Note } from '../../../contracts.ts';
import { Contents } from '../../transcript/contents.ts';
import type { Lane } from '../../transcript/lane.ts';
import { counted, type Item, purposeOf, type Run } from '../../transcript/runs.ts';
import type { Body, Chunk } from './body.ts';
import { type Head, notesOf } from './head.ts';

/** A request or an answer, and what is to be told of it. */
export interface Spoken {
  readonly what: 'request' | 'answer';
  readonly head: Head;
  readonly body: Body;
  /** Of its first line: `GET /stream`; what the line is for; and what follows the title where nothing else does. */
  readonly start: string;
  readonly about: string;
  readonly fallback: string;
  readonly said: Said;
}

/** What is said in a request or an answer. */
export interface Said {
  /** What the body says. */
  readonly items: readonly Item[];
  /** In a few words, where the body does not tell. */
  readonly title?: string;
  readonly why?: string;
  /** Of the head, beside its fields. */
  readonly notes?: readonly Note[];
}

/** One step with head and body; where the body comes in pieces of its own, a step for the head and for each of them. */
export function spokenSteps(
  lane: Lane,
  spoken: Spoken,
  purpose: 'handshake' | 'heartbeat' | undefined,
): Annotated[] {
  const { body, said } = spoken;
  const contents = new Contents(said.items);
  const begins = headRun(spoken, purpose ?? 'header');
  if (body.kind === 'none' || body.kind === 'sized') {
    const content = contents.take(body.content.length);
    const step = { title: titleOf(spoken, content.title), why: said.why ?? content.why };
    return [lane.step(body.end, { ...step, runs: [begins, ...content.runs] })];
  }
  const title = titleOf(spoken, '');
  const first = lane.step(body.start, { title, why: said.why ?? '', runs: [begins] });
  if (body.kind === 'chunked')
    return [first, ...body.chunks.map((chunk) => chunkStep(lane, chunk, contents, purpose))];
  let from = body.start;
  const pieces = lane.ends(body.start, body.end).map((end) => {
    const content = contents.take(end - from);
    const about = `${counted(end - from, 'byte')} of the answer${after(content.title)}`;
    from = end;
    return lane.step(end, { ...content, title: about });
  });
  return [first, ...pieces];
}

function headRun({ what, head, about, said }: Spoken, kind: ByteClass): Run {
  const notes = [...notesOf(head, `${what} line`, about), ...(said.notes ?? [])];
  return { class: kind, label: `${what} head`, bytes: head.bytes, notes };
}

function titleOf({ head, body, start, fallback, said }: Spoken, content: string): string {
  const title = start + after(said.title ?? (content || fallback));
  if (!head.isWhole) return `${title}, cut off in its head`;
  const { length } = body.content;
  return body.announced > length ? `${title}, cut off after ${length} of ${body.announced} bytes` : title;
}

function chunkStep(
  lane: Lane,
  { line, announced, data, tail, end, isWhole }: Chunk,
  contents: Contents,
  purpose: 'handshake' | 'heartbeat' | undefined,
): Annotated {
  const content = contents.take(data.length);
  const isLast = announced === 0 && isWhole;
  const kind = (isLast ? purpose : purposeOf(content.runs)) ?? 'framing';
  const size = {
    name: 'size',
    value: line.toString('latin1').trim(),
    why: `in hexadecimal: ${counted(announced, 'byte')}`,
  };
  const runs: Run[] = [
    { class: kind, label: 'chunk size', bytes: line, notes: [size] },
    ...content.runs,
    { class: kind, label: 'end of chunk', bytes: tail },
  ];
  if (isLast)
    return lane.step(end, { title: 'last chunk', why: 'A chunk of no bytes: the answer is complete.', runs });
  const cut = isWhole ? '' : `, cut off after ${counted(data.length, 'byte')}`;
  const title = `chunk of ${counted(announced, 'byte')}${cut}${after(content.title)}`;
  return lane.step(end, { title, why: content.why, runs });
}

function after(title: string): string {
  return title === '' ? '' : `: ${title}`;
}
