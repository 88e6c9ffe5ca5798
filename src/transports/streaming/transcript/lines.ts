import { harmless } from '../../transcript/printable.ts';
import type { Item, Run } from '../../transcript/runs.ts';

/** The stream's first word: which session it is. */
export function hello(bytes: Buffer, session: string): Item {
  const notes = [
    { name: 'session', value: harmless(session), why: 'what the client sends with under this name' },
  ];
  const run: Run = { class: 'handshake', label: 'hello', bytes, notes };
  return { title: 'hello', why: 'The stream is open, and this is its session.', runs: [run] };
}

/** A sign of life. */
export function beat(bytes: Buffer): Item {
  const why = 'Says nothing but that the stream is alive.';
  return { title: 'heartbeat', why, runs: [{ class: 'heartbeat', label: 'heartbeat', bytes }] };
}

/** What the server no longer had for a client that came back. */
export function gap(bytes: Buffer, missed: number | string): Item {
  const notes = [
    { name: 'missed', value: harmless(String(missed)), why: 'messages that the server no longer had' },
  ];
  const run: Run = { class: 'framing', label: 'what was missed', bytes, notes };
  return { title: 'what was missed', why: 'Some messages are lost, and how many.', runs: [run] };
}
