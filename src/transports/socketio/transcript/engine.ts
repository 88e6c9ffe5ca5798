import type { ByteClass, Note } from '../../../contracts.ts';
import { base64Bytes, isBase64 } from '../../transcript/encoded.ts';
import { explained } from '../../transcript/explained.ts';
import { objectOf } from '../../transcript/json.ts';
import {
  bytesOf,
  counted,
  type Item,
  joined,
  notUnderstood,
  payload,
  type Run,
} from '../../transcript/runs.ts';
import { readSocketPacket } from './socket.ts';

/** What a packet is, by its first byte. */
interface Kind {
  readonly title: string;
  readonly why: string;
  readonly class: ByteClass;
}

/** Packets that say all by what they are, with what may follow their first byte. */
const PLAIN: Readonly<Record<string, Kind>> = {
  '1': { title: 'close', why: 'The connection is over.', class: 'handshake' },
  '2': { title: 'ping', why: 'The server asks whether the client is still there.', class: 'heartbeat' },
  '3': { title: 'pong', why: 'The answer to a ping: still there.', class: 'heartbeat' },
  '2probe': {
    title: 'probe',
    why: 'The client tries whether WebSocket works, before it leaves polling for it.',
    class: 'handshake',
  },
  '3probe': { title: 'answer to the probe', why: 'WebSocket works both ways.', class: 'handshake' },
  '5': { title: 'upgrade', why: 'From here on all packets go by WebSocket.', class: 'handshake' },
  '6': {
    title: 'noop',
    why: 'Nothing: it only ends the request that waits, so that polling can stop.',
    class: 'handshake',
  },
};
const OPEN = '0';
const MESSAGE = '4';

/** A packet of engine.io as text; it may be cut off. */
export function readPacket(bytes: Buffer): Item {
  const plain = bytes.toString('latin1', 0, '2probe?'.length);
  const kind = Object.hasOwn(PLAIN, plain) ? PLAIN[plain] : undefined;
  if (kind !== undefined) {
    const run: Run = { class: kind.class, label: `engine.io ${kind.title}`, bytes, notes: [typeNote(bytes)] };
    return { title: `engine.io ${kind.title}`, why: kind.why, runs: [run] };
  }
  if (plain.startsWith(MESSAGE)) return readMessage(bytes);
  return plain.startsWith(OPEN) ? readOpen(bytes) : notUnderstood(bytes);
}

/** Bytes are a message without a type: what an event before them keeps a place for. */
export function readAttachment(bytes: Buffer): Item {
  return attachment([payload(bytes, true)]);
}

/** Where only text can go, bytes are `b` and base64. */
export function readBase64(bytes: Buffer): Item {
  const encoded = bytes.subarray(1);
  if (!isBase64(encoded)) return notUnderstood(bytes);
  const notes = [{ name: 'type', value: 'b', why: 'bytes, in base64 because this body is text' }];
  const type: Run = { class: 'framing', label: 'engine.io type', bytes: bytes.subarray(0, 1), notes };
  return attachment([type, ...base64Bytes(encoded)]);
}

function attachment(runs: readonly Run[]): Item {
  const own = counted(bytesOf(runs.filter((run) => run.class === 'payload')), 'byte');
  const why = 'The bytes for which the event before keeps a place.';
  return { title: `socket.io attachment of ${own}`, why, runs: joined(runs) };
}

function readMessage(bytes: Buffer): Item {
  const packet = readSocketPacket(bytes.subarray(1));
  const kind = packet.runs[0]?.class ?? 'framing';
  const type: Run = {
    class: kind,
    label: 'engine.io type',
    bytes: bytes.subarray(0, 1),
    notes: [typeNote(bytes)],
  };
  return { ...packet, title: `engine.io message · ${packet.title}`, runs: [type, ...packet.runs] };
}

const SETTINGS: Readonly<Record<string, string>> = {
  sid: 'the name of the session: stands in the query of every later request',
  upgrades: 'what the client may change to',
  pingInterval: 'the server sends a ping after so many milliseconds',
  pingTimeout: 'no pong for so many milliseconds more, and the client is gone',
  maxPayload: 'the most bytes that a request may carry: packets that are more together go in several',
};

function readOpen(bytes: Buffer): Item {
  const settings = explained(Object.entries(objectOf(bytes.subarray(1)) ?? {}), SETTINGS);
  const run: Run = {
    ...{ class: 'handshake', label: 'engine.io open', bytes },
    notes: [typeNote(bytes), ...settings],
  };
  const why = 'The server opens the session and says by which settings it goes.';
  return { title: 'engine.io open', why, runs: [run] };
}

const TYPES = ['open', 'close', 'ping', 'pong', 'message', 'upgrade', 'noop'];

function typeNote(bytes: Buffer): Note {
  const type = bytes.toString('latin1', 0, 1);
  return { name: 'engine.io type', value: type, why: TYPES[Number(type)] ?? '' };
}
