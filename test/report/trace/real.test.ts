import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import { plainLook } from '../../../src/cli/look.ts';
import { BYTE_CLASSES } from '../../../src/measurements/trace/steps.ts';
import type { Trace } from '../../../src/measurements/trace/trace.ts';
import { traceFormats } from '../../../src/report/index.ts';
import { rtbench } from '../../rtbench.ts';
import { checkMermaid, parseMermaid } from './mermaid.ts';

test('a real conversation is drawn with all its steps, to the width that there is', async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'rtbench-trace-')), 'trace.json');
  const both = ['--side-by-side', 'socketio,websocket', '--rtt', '20ms'];
  const { stdout } = await rtbench(['trace', ...both, '--full', '--out', file]);
  const trace: Trace = JSON.parse(readFileSync(file, 'utf8'));
  rmSync(dirname(file), { recursive: true });
  expect(stdout).toBe(traceFormats.table(trace, { ...plainLook, isFull: true }));
  for (const conversation of trace.conversations) {
    for (const way of ['up', 'down'] as const) {
      const sum = BYTE_CLASSES.reduce((total, name) => total + conversation.classes[name][way], 0);
      expect(sum).toBe(conversation.relayed[way]);
    }
  }
  const steps = trace.conversations.flatMap(({ events }) => events.filter(({ kind }) => kind === 'step'));
  for (const columns of [60, 80, 130, 200]) {
    for (const isFull of [false, true]) {
      const text = traceFormats.table(trace, { ...plainLook, columns, isFull });
      const lines = text.split('\n');
      expect(lines.filter((line) => [...line].length > columns)).toEqual([]);
      expect(text.match(/ B ─+[╮┤▶]/g)).toHaveLength(steps.length);
      expect(text).not.toMatch(/not understood|NOT the same/);
      expect(stripVTControlCharacters(text)).toBe(text);
    }
  }
  const diagram = String(traceFormats.mermaid?.(trace, plainLook));
  checkMermaid(diagram);
  const events = trace.conversations.flatMap((one) => one.events.filter(({ kind }) => kind !== 'told'));
  expect(parseMermaid(diagram).filter(({ form }) => form === 'message')).toHaveLength(events.length);
});
