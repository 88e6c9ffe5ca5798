import type { Note } from '../../../contracts.ts';
import { explained } from '../../transcript/explained.ts';
import { objectOf } from '../../transcript/json.ts';
import { harmless } from '../../transcript/printable.ts';
import { type Item, joined, notUnderstood, type Run } from '../../transcript/runs.ts';
import { argumentRuns } from './arguments.ts';

const TYPES = ['connect', 'disconnect', 'event', 'ack', 'connect error', 'binary event', 'binary ack'];

/** What stands before a packet's JSON: `<type>[<attachments>-][<namespace>,][<ack id>]`. */
const HEAD = /^([0-6])(?:(\d+)-)?(?:(\/[^,]*)(?:,|$))?(\d+)?/;
/** More than any head has. */
const LONGEST_HEAD = 1024;

interface Head {
  readonly digit: string;
  readonly type: string | undefined;
  readonly attachments: string | undefined;
  readonly namespace: string;
  readonly id: string | undefined;
  readonly bytes: Buffer;
}

/** A packet of socket.io, which is what a message of engine.io holds; it may be cut off. */
export function readSocketPacket(bytes: Buffer): Item {
  const [text, digit = '', attachments, namespace = '/', id] =
    HEAD.exec(bytes.toString('latin1', 0, LONGEST_HEAD)) ?? [];
  if (text === undefined) return { ...notUnderstood(bytes), title: 'no packet of socket.io' };
  const type = TYPES[Number(digit)];
  const head = { digit, type, attachments, namespace, id, bytes: bytes.subarray(0, text.length) };
  const rest = bytes.subarray(text.length);
  switch (type) {
    case 'connect':
      return wholly(head, rest, connectWhy(rest));
    case 'disconnect':
      return wholly(head, rest, 'This namespace is left.');
    case 'connect error':
      return wholly(head, rest, 'The namespace is refused.');
    default:
      return spoken(head, rest);
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
function wholly(head: Head, rest: Buffer, why: string): Item {
  const notes = explained(Object.entries(objectOf(rest) ?? {}), SETTINGS);
  const runs: Run[] = [
    { class: 'handshake', label: 'socket.io head', bytes: head.bytes, notes: headNotes(head) },
    { class: 'handshake', label: 'settings', bytes: rest, notes },
  ];
  return { title: `socket.io ${head.type}${into(head.namespace)}`, why, runs };
}

function spoken(head: Head, rest: Buffer): Item {
  const { type, namespace, id } = head;
  const isEvent = type === 'event' || type === 'binary event';
  const read = argumentRuns(rest, isEvent);
  const runs: Run[] = [
    { class: 'framing', label: 'socket.io head', bytes: head.bytes, notes: headNotes(head) },
    ...read.runs,
  ];
  const what = isEvent ? `event${read.name === '' ? '' : ` "${read.name}"`}` : `ack ${id ?? ''}`;
  const binary = type === 'binary event' || type === 'binary ack' ? ', its bytes follow' : '';
  const asked = isEvent && id !== undefined ? `, to be answered as ${id}` : '';
  const title = `socket.io ${what.trimEnd()}${into(namespace)}${asked}${binary}`;
  return { title, why: isEvent ? '' : 'The answer to the event of that id.', runs: joined(runs) };
}

function into(namespace: string): string {
  return namespace === '/' ? '' : ` in ${shown(namespace)}`;
}

function headNotes({ digit, type = '', attachments, namespace, id }: Head): Note[] {
  const notes: Note[] = [{ name: 'socket.io type', value: digit, why: type }];
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
