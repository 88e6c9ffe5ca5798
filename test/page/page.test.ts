import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { plainLook } from '../../src/cli/look.ts';
import { makeDiff } from '../../src/report/diff/make.ts';
import { diffFormats, formats } from '../../src/report/formats.ts';
import { readSaved } from '../../src/report/index.ts';
import { themed } from '../../src/report/page/colours.ts';
import { html } from '../../src/report/page/markup.ts';
import { shortenedPath } from '../../src/report/page/path.ts';
import { tableOf } from '../../src/report/page/tables.ts';
import { HOSTILE, hostileReport, sampleReport } from '../report/sample.ts';

const RESULTS = new URL('../../results/2026-11-21-two-core-vm/', import.meta.url);

test('every script and style is allowed by its hash and nothing else is, and the whole is under 1.5 MB', async () => {
  const page = (await formats.html?.(sampleReport(), plainLook)) ?? '';
  const policy = /Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1]?.replaceAll('&#39;', "'");
  const inside = [...page.matchAll(/<(script|style)>(.*?)<\/\1>/gs)];
  expect(inside.map(([, name]) => name)).toEqual(['style', 'script', 'script']);
  for (const [, , text = ''] of inside) {
    expect(policy).toContain(`'sha256-${createHash('sha256').update(text).digest('base64')}'`);
  }
  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toContain('unsafe');
  const marked = page.replace(/<(script|style)>.*?<\/\1>/gs, '');
  expect(marked.match(/ style="|<link|<img|<iframe| src=| href="(?!#)/)).toBeNull();
  expect(page.length).toBeLessThan(1.5e6);
});

test('the result in the page is what JSON would be', async () => {
  const page = (await formats.html?.(hostileReport(), plainLook)) ?? '';
  const packed = /id="result">([^<]*)</.exec(page)?.[1] ?? '';
  const text = gunzipSync(Buffer.from(packed, 'base64')).toString();
  expect(text).toBe(await formats.json(hostileReport(), plainLook));
});

test.each(['sweep', 'capacity', 'fallback', 'advise', 'liveness', 'cluster'])(
  'a saved %s becomes a page, and what it calls itself becomes no markup',
  async (name) => {
    const saved = JSON.parse(readFileSync(new URL(`${name}.json`, RESULTS), 'utf8'));
    const scenario = { ...saved.scenario, name: HOSTILE, summary: HOSTILE };
    const machine = { ...saved.machine, cpu: HOSTILE, packages: { [HOSTILE]: HOSTILE } };
    const hostile = { ...saved, rtbench: HOSTILE, command: [HOSTILE], scenario, machine };
    const page = (await readSaved(JSON.stringify(hostile)).formats.html?.(undefined, plainLook)) ?? '';
    // Not `toContain`: who fails is not to print a megabyte.
    expect(page.includes('&lt;script&gt;alert(1)')).toBe(true);
    expect(page.includes('<script>alert')).toBe(false);
    expect(page.startsWith('<!doctype html>') && page.endsWith('</html>\n')).toBe(true);
  },
);

test('a diff becomes a page with each transport and the names of its files as text', async () => {
  const sides = [1, 2].map((seed) => ({ file: `<b>${seed}</b>.json`, report: sampleReport({ seed }) }));
  const [before, after] = sides;
  if (before === undefined || after === undefined) throw new Error('two sides are needed');
  const page = (await diffFormats.html?.(makeDiff(before, after, false), plainLook)) ?? '';
  expect(page.includes('&lt;b&gt;1&lt;/b&gt;.json')).toBe(true);
  expect(page.match(/scope="rowgroup"/g)).toHaveLength(before.report.summaries.length);
});

test('text becomes HTML only by being escaped, in elements and in attributes', () => {
  const text = `"><script>'&\u0000\u202e`;
  expect(html`<a title="${text}">${[text, 1]}</a>`.html).toBe(
    '<a title="&quot;&gt;&lt;script&gt;&#39;&amp;">&quot;&gt;&lt;script&gt;&#39;&amp;1</a>',
  );
});

test('two drawings become one whose colours follow the theme, and only where they differ', () => {
  expect(
    themed('fill="#112233" stroke="rgb(1,2,3)" #aaaaaa', 'fill="#445566" stroke="#010204" #aaaaaa'),
  ).toBe('fill="var(--l112233-d445566)" stroke="var(--l010203-d010204)" #aaaaaa');
});

test('a path loses what lies on a straight way, and nothing that turns', () => {
  expect(shortenedPath('M0 0L5.02 0L9 0L9 4L9 2L12.34 3Z')).toBe('M0 0H9V4V2L12.3 3Z');
  expect(shortenedPath('M0 0A1 1 0 0 1 2 2')).toBe('M0 0A1 1 0 0 1 2 2');
});

test('a table has a caption, heads for columns and rows, and groups over their columns', () => {
  const column = (group: string, name: string, align: 'left' | 'right') => ({ group, name, align });
  const cell = (text: string, isBest = false) => ({ text, isBest });
  const { html: table } = tableOf({
    title: 'Times',
    columns: [
      column('', 'who', 'left'),
      column('latency', 'p50', 'right'),
      column('latency', 'p99', 'right'),
    ],
    rows: [
      [cell('a'), cell('1.25', true), cell('10')],
      [cell('b'), cell('30'), cell('×2 ▲')],
    ],
  });
  expect(table).toContain('<caption class="spoken">Times</caption>');
  expect(table).toContain('<th scope="colgroup" colspan="2"><span>latency</span></th>');
  expect(table).toContain('<th scope="row">a</th><td class="right best"><b>1.25</b></td>');
  // As wide as a point and two figures.
  expect(table).toContain('<td class="right">30\u2008\u2007\u2007</td>');
  expect(table).toContain('<span class="spoken"> higher</span>');
});
