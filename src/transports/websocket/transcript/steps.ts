import type { Annotated, ByteClass } from '../../../contracts.ts';
import { Contents } from '../../transcript/contents.ts';
import type { Lane } from '../../transcript/lane.ts';
import { harmless } from '../../transcript/printable.ts';
import { counted, type Item, notUnderstood, purposeOf, type Run } from '../../transcript/runs.ts';
import { BINARY, CLOSE, CONTINUATION, PING, PONG, TEXT } from '../opcodes.ts';
import { type Frame, readFrames } from './frames.ts';
import { headerNotes, nameOf } from './header.ts';

/** How what a message carries is read: its bytes, and whether they are text. */
export type ReadMessage = (bytes: Buffer, isText: boolean) => Item;

/** Each frame from there on as a step. */
export function frameSteps(lane: Lane, start: number, read: ReadMessage): Annotated[] {
  const frames = readFrames(lane.bytes, start);
  let contents: Contents | undefined;
  return frames.map((frame, place) => {
    const { opcode, content, isFinal } = frame;
    if (opcode > CONTINUATION && opcode <= BINARY)
      contents = new Contents([read(messageFrom(frames, place), opcode === TEXT)]);
    const isData = opcode <= BINARY && contents !== undefined;
    const item = isData ? contents?.take(content.length) : controlItem(frame);
    if (isData && isFinal) contents = undefined;
    return frameStep(lane, frame, item ?? notUnderstood(content));
  });
}

/** All that a message carries: a frame and the ones that continue it, others between them. */
function messageFrom(frames: readonly Frame[], place: number): Buffer {
  const parts: Buffer[] = [];
  for (let next = place; next < frames.length; next++) {
    const frame = frames[next];
    if (frame === undefined || frame.opcode > BINARY) continue;
    if (next > place && frame.opcode !== CONTINUATION) break;
    parts.push(frame.content);
    if (frame.isFinal) break;
  }
  return Buffer.concat(parts);
}

function frameStep(lane: Lane, frame: Frame, item: Item): Annotated {
  const { header, opcode, announced, content, end } = frame;
  const kind = CONTROL[opcode] ?? purposeOf(item.runs) ?? 'framing';
  const runs: Run[] = [
    { class: kind, label: 'frame header', bytes: header, notes: headerNotes(frame), isBinary: true },
    ...item.runs,
  ];
  const title = item.title || `${nameOf(opcode)} frame, ${counted(announced, 'byte')}`;
  const cut = `, cut off after ${content.length} of ${announced} bytes`;
  return lane.step(end, { title: content.length < announced ? title + cut : title, why: item.why, runs });
}

/** What frames are for that carry no message. */
const CONTROL: Readonly<Record<number, ByteClass>> = {
  [CLOSE]: 'handshake',
  [PING]: 'heartbeat',
  [PONG]: 'heartbeat',
};

function controlItem({ opcode, content }: Frame): Item {
  if (opcode === CLOSE) return closing(content);
  const kind = CONTROL[opcode];
  if (kind === undefined)
    return content.length === 0 ? { title: '', why: '', runs: [] } : notUnderstood(content);
  const why =
    opcode === PING ? 'Asks whether the other side is still there.' : 'The answer to a ping: still there.';
  return { title: '', why, runs: [{ class: kind, label: 'echoed bytes', bytes: content }] };
}

const CODES: Readonly<Record<number, string>> = {
  1000: 'done, in good order',
  1001: 'going away: a server that stops, or a page that is left',
  1002: 'the other side broke the protocol',
  1003: 'a kind of data that is not taken',
  1007: 'a text that is no UTF-8',
  1008: 'against the rules of this server',
  1009: 'a message that is too large',
  1011: 'an error on the server',
};

function closing(content: Buffer): Item {
  const why = 'Says goodbye: each side does so once, and whoever hears it first answers with its own.';
  if (content.length < 2) return { title: 'close frame, no code', why, runs: [codeRun(content, 0)] };
  const code = content.readUInt16BE(0);
  const reason: Run = { class: 'handshake', label: 'reason', bytes: content.subarray(2) };
  const text = content.length > 2 ? ` "${harmless(reason.bytes.toString())}"` : '';
  return { title: `close frame, ${code}${text}`, why, runs: [codeRun(content.subarray(0, 2), code), reason] };
}

function codeRun(bytes: Buffer, code: number): Run {
  const notes = [{ name: 'code', value: String(code), why: CODES[code] ?? '' }];
  return { class: 'handshake', label: 'close code', bytes, notes: code > 0 ? notes : [], isBinary: true };
}
