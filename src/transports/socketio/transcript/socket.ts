import type { Note } from '../../../contracts.ts';
import { objectOf } from '../../transcript/json.ts';
import { harmless } from '../../transcript/printable.ts';
import { type Item, joined, notUnderstood, type Run } from '../../transcript/runs.ts';
import { argumentRuns } from './arguments.ts';

const TYPES = ['connect', 'disconnect', 'event', 'ack', 'connect error', 'binary event', 'binary ack'];
const [CONNECT, DISCONNECT, EVENT, ACK, CONNECT_ERROR, BINARY_EVENT, BINARY_ACK] = TYPES.keys();

/** What stands before a packet's JSON: `<type>[<attachments>-][<namespace>,][<ack id>]`. */
const HEAD = /^([0-6])(?:(\d+)-)?(?:(\/[^,]*)(?:,|$))?(\d+)?/;
/** More than any head has. */
const LONGEST_HEAD = 1024;

interface Head {
  readonly type: number;
  readonly attachments: string | undefined;
  readonly namespace: string;
  readonly id: string | undefined;
  readonly bytes: Buffer;
}

/** A packet of socket.io, which is what a message of engine.io holds; it may be cut off. */
export function readSocketPacket(bytes: Buffer): Item {
  const [text, type, attachments, namespace = '/', id] =
    HEAD.exec(bytes.toString('latin1', 0, LONGEST_HEAD)) ?? [];
  if (text === undefined) return { ...notUnderstood(bytes), title: 'no packet of socket.io' };
  const head = { type: Number(type), attachments, namespace, id, bytes: bytes.subarray(0, text.length) };
  const rest = bytes.subarray(text.length);
  switch (head.type) {
    case EVENT:
    case BINARY_EVENT:
    case ACK:
    case BINARY_ACK:
      return spoken(head, rest);
    case CONNECT:
      return wholly(head, rest, `connect${into(namespace)}`, connectWhy(rest));
    case DISCONNECT:
      return wholly(head, rest, `disconnect${into(namespace)}`, 'This namespace is left.');
    case CONNECT_ERROR:
      return wholly(head, rest, `connect error${into(namespace)}`, 'The namespace is refused.');
    default:
      return notUnderstood(bytes);
  }
}

const SETTINGS: Readonly<Record<string, string>> = {
  sid: "the client's name in this namespace, another than engine.io's",
  pid: 'a secret: who comes back with it gets what was missed',
  offset: 'the last event that the client saw',
  message: 'why it was refused',
};

function connectWhy(rest: Buffer): string {
  return objectOf(rest)?.sid === undefined
    ? 'The client asks to enter the namespace.'
    : 'The namespace is entered, under a name of its own.';
}

/** A packet that belongs to the talk's beginning or end, all of it. */
function wholly(head: Head, rest: Buffer, title: string, why: string): Item {
  const notes = Object.entries(objectOf(rest) ?? {}).map(([name, value]) => ({
    name: harmless(name),
    value: harmless(typeof value === 'string' ? value : JSON.stringify(value)),
    why: Object.hasOwn(SETTINGS, name) ? (SETTINGS[name] ?? '') : '',
  }));
  const runs: Run[] = [
    { class: 'handshake', label: 'socket.io head', bytes: head.bytes, notes: headNotes(head) },
    { class: 'handshake', label: 'settings', bytes: rest, notes },
  ];
  return { title: `socket.io ${title}`, why, runs };
}

function spoken(head: Head, rest: Buffer): Item {
  const { type, namespace, id } = head;
  const isEvent = type === EVENT || type === BINARY_EVENT;
  const read = argumentRuns(rest, isEvent);
  const runs: Run[] = [
    { class: 'framing', label: 'socket.io head', bytes: head.bytes, notes: headNotes(head) },
    ...read.runs,
  ];
  const what = isEvent ? `event${read.name === '' ? '' : ` "${read.name}"`}` : `ack ${id ?? ''}`;
  const binary = type === BINARY_EVENT || type === BINARY_ACK ? ', its bytes follow' : '';
  const asked = isEvent && id !== undefined ? `, to be answered as ${id}` : '';
  const title = `socket.io ${what.trimEnd()}${into(namespace)}${asked}${binary}`;
  return { title, why: isEvent ? '' : 'The answer to the event of that id.', runs: joined(runs) };
}

function into(namespace: string): string {
  return namespace === '/' ? '' : ` in ${shown(namespace)}`;
}

function headNotes({ type, attachments, namespace, id }: Head): Note[] {
  const notes: Note[] = [{ name: 'socket.io type', value: String(type), why: TYPES[type] ?? '' }];
  if (attachments !== undefined)
    notes.push({ name: 'attachments', value: shown(attachments), why: 'so many packets of bytes follow' });
  if (namespace !== '/')
    notes.push({
      name: 'namespace',
      value: shown(namespace),
      why: 'one of several talks over this connection',
    });
  if (id !== undefined) notes.push({ name: 'ack id', value: shown(id), why: 'by which the answer is found' });
  return notes;
}

function shown(latin1: string): string {
  return harmless(Buffer.from(latin1, 'latin1').toString(), 40);
}
