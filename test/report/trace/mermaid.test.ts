import { describe, expect, test } from 'vitest';
import { plainLook } from '../../../src/cli/look.ts';
import type { Conversation } from '../../../src/measurements/trace/trace.ts';
import { formatOfFile, traceFormats } from '../../../src/report/index.ts';
import { checkMermaid, parseMermaid } from './mermaid.ts';
import { broken, hostile, longpoll, sampleTrace, socketio, websocket } from './sample.ts';

const write = (format: 'mermaid' | 'markdown', ...conversations: readonly Conversation[]) =>
  String(traceFormats[format]?.(sampleTrace(...conversations), plainLook));

const SAMPLES: Readonly<Record<string, () => Conversation>> = {
  longpoll: () => longpoll(50),
  websocket: () => websocket(),
  socketio: () => socketio(),
  broken,
  hostile,
};

describe.each(Object.entries(SAMPLES))('the diagram of %s', (_, make) => {
  test('has a message for each step and each connection, and a note for all that is told', () => {
    const text = write('mermaid', make());
    checkMermaid(text);
    const lines = parseMermaid(text);
    const { events } = make();
    const messages = events.filter(({ kind }) => kind !== 'told');
    expect(lines.filter(({ form }) => form === 'message')).toHaveLength(messages.length);
    const up = messages.filter((event) => event.kind !== 'told' && event.way === 'up');
    expect(lines.filter(({ form, who }) => form === 'message' && who[0] === 'C')).toHaveLength(up.length);
    const told = events.length - messages.length;
    expect(lines.filter(({ form }) => form === 'note').length).toBeGreaterThanOrEqual(told + 1);
  });
});

test('a server is active from a request until its answer', () => {
  const text = write('mermaid', longpoll());
  expect(text).toMatch(
    /GET \/session\/Vn3kQ0cG\/2, 83 B\n {2}activate S\n.*80 ms of waiting for the answer\n.*200 OK, 1 message, 246 B\n {2}deactivate S/,
  );
});

test('side by side each has participants of its own, in the order of time', () => {
  const text = write('mermaid', longpoll(), websocket());
  checkMermaid(text);
  expect(text).toContain('box transparent by long polling\n  participant C1 as client');
  expect(text.indexOf('S2->>C2: text frame')).toBeLessThan(text.indexOf('C1->>S1: DELETE'));
  expect(text.indexOf('S2->>C2: text frame')).toBeGreaterThan(text.indexOf('C1->>S1: POST'));
});

test('what is syntax becomes a number', () => {
  const text = write('mermaid', hostile());
  expect(text).toContain('#59;#35;#34;end rect #37;#37;#123;init#125;#37;#37;');
});

test('Markdown has the diagram, a row for each step and the ledger', () => {
  const text = write('markdown', longpoll(), hostile());
  const diagrams = [...text.matchAll(/^```mermaid\n(.*?)^```$/gms)].map(([, diagram = '']) => diagram);
  expect(diagrams).toHaveLength(2);
  for (const diagram of diagrams) checkMermaid(diagram);
  const { relayed, events } = longpoll();
  const steps = events.filter(({ kind }) => kind === 'step');
  expect(text.match(/^\| +\d+\.\d \| +1 \| +[→←] +\|.*\|$/gm)).toHaveLength(steps.length + 1);
  expect(text).toMatch(new RegExp(`\\*\\*all\\*\\* +\\| +${relayed.up} \\| +${relayed.down} \\|`));
  expect(text).toMatch(/2 × down: 83 request \+ 156 response head \+ 26 envelope \+ 64 payload = 329 B/);
});

test('a file that ends in .mmd is a diagram', () => {
  expect(formatOfFile('trace.mmd')).toBe('mermaid');
});
