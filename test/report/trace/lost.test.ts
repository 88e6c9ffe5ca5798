import { describe, expect, test } from 'vitest';
import { plainLook } from '../../../src/cli/look.ts';
import { traceFormats } from '../../../src/report/index.ts';
import { checkMermaid } from './mermaid.ts';
import { sampleTrace, swallowed } from './sample.ts';

describe('what a hole swallowed is drawn as not arriving', () => {
  const write = (format: 'table' | 'mermaid' | 'markdown' | 'csv', rttMs = 0) =>
    String(traceFormats[format]?.(sampleTrace(swallowed(rttMs)), { ...plainLook, columns: 80 }));

  test.each([0, 40])('in the terminal, at a distance of %i ms', (rttMs) => {
    const lines = write('table', rttMs).split('\n');
    const lost = lines.filter((line) => line.includes('lost on the way'));
    expect(lost).toHaveLength(3);
    expect(lost[0]).toMatch(/├─ GET \/stream ─.*─╳ lost on the way {2,}│$/);
    expect(lost[1]).toMatch(/│ {2,}lost on the way ╳─ event ─.*─┤/);
    expect(lost[2]).toMatch(/●┄ ends the connection ┄+╳ lost on the way {2,}│$/);
  });

  test('in a diagram, where no server is busy with it', () => {
    const text = write('mermaid');
    checkMermaid(text);
    expect(text).toMatch(/C-xS: GET \/stream, \d+ B, lost on the way/);
    expect(text).toMatch(/S-xC: event, \d+ B, lost on the way/);
    expect(text).toContain('C--xS: ends the connection, lost on the way');
    expect(text).not.toContain('activate');
  });

  test('in the rows of Markdown and CSV', () => {
    expect(write('markdown')).toMatch(/^\|.*GET \/stream, \*\*lost on the way\*\* +\|/m);
    const [head, ...rows] = write('csv').trimEnd().split('\n');
    expect(head).toMatch(/,lost\r?$/);
    expect(rows).toHaveLength(3);
    for (const row of rows) expect(row).toMatch(/,true\r?$/);
  });
});
