import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { HOSTILE, hostileReport, sampleReport } from '../report/sample.ts';
import { rtbench } from '../rtbench.ts';

const folder = mkdtempSync(join(tmpdir(), 'rtbench-gates-'));
afterAll(() => rmSync(folder, { recursive: true }));

const file = (name: string, content: unknown = '') => {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
};
const saved = file('saved.json', sampleReport());
const earlier = file('earlier.json', sampleReport({ seed: 9 }));
const lighter = file('lighter.json', sampleReport({ scenario: { payloadBytes: 32 } }));
const newer = file('newer.json', { ...sampleReport(), schema: 'rtbench/report@2' });
const scenario = file('mine.yaml', 'extends: broadcast\nfailIf:\n  - ws.lost>0\n  - ws.lots>0\n');
const never = join(folder, 'never.json');
const run = ['run', '--transport', 'ws', '--out', never];

test.concurrent.each([
  [
    ['report', saved, '--fail-if', 'websocket.latencyP9Ms>20'],
    /got `latencyP9Ms`.*\n {2}websocket\.latencyP9Ms>20\n {12}\^\n$/,
  ],
  [
    [...run, '--fail-if', 'websockt.latencyP99Ms>>3'],
    /got `websockt`.*\n {2}websockt\.latencyP99Ms>>3\n {2}\^\n$/,
  ],
  [[...run, '--fail-if', 'sse.lost>0'], 'to name a transport that is measured here (websocket), got `sse`'],
  [
    ['report', saved, '--fail-if', 'sse.lost>0'],
    'measured here (polling, longpoll, streaming, websocket, socketio)',
  ],
  [
    [...run, '--scenario', scenario],
    `\`failIf[1]\` (${scenario}, line 4) to name a metric after \`ws.\`, got \`lots\``,
  ],
  [[...run, '--baseline', join(folder, 'no.json')], 'Expected --baseline to be a readable report'],
  [[...run, '--baseline', newer], 'its schema is `"rtbench/report@2"`'],
  [[...run, '--payload', '32', '--baseline', saved], 'saved.json differs in payloadBytes (64, 32)'],
  [['report', saved, '--baseline', lighter], 'differs in payloadBytes (32, 64)'],
  [[...run, '--margin', '10%'], 'Expected --margin to be left out, or to come with --baseline, got `10%`'],
  [
    ['report', saved, '--baseline', earlier, '--margin', '10'],
    'Expected --margin to be from 1% to 1000%, got `10`',
  ],
  [[...run, '--summary'], 'Expected --summary to be used where GITHUB_STEP_SUMMARY names a file'],
])('%j exits 2 before anything runs', async (args, says) => {
  const { code, stdout, stderr } = await rtbench(args, { GITHUB_STEP_SUMMARY: '' });
  expect(stderr).toMatch(/^rtbench: Expected |report@2/);
  if (typeof says === 'string') expect(stderr).toContain(says);
  else expect(stderr).toMatch(says);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(existsSync(never)).toBe(false);
});

test.concurrent('a saved report is gated without running anything; each result is told', async () => {
  const page = await rtbench([
    'report',
    saved,
    '--fail-if',
    'ws.latencyP99Ms>5s',
    '--fail-if',
    '*.lost>0',
    '--baseline',
    earlier,
  ]);
  expect({ code: page.code, stderr: page.stderr }).toEqual({ code: 0, stderr: '' });
  expect(page.stdout).toContain(
    'Thresholds, each of which fails where it is true: all 6 passed\n✓ websocket.latencyP99Ms > 5000: ',
  );
  expect(page.stdout).toMatch(
    /Against \S+earlier\.json of 2026-01-02 03:04 UTC: all \d+ passed\n✓ \d+ figures not worse/,
  );
});

test.concurrent('a threshold that fails exits 99 once the data are written, and says it where no table does', async () => {
  const out = join(folder, 'gated.json');
  const args = [
    'report',
    saved,
    '--json',
    '--out',
    out,
    '--fail-if',
    'ws.expected>0',
    '--fail-if',
    'ws.lost>0',
  ];
  const { code, stdout, stderr } = await rtbench(args);
  expect(code).toBe(99);
  expect(stderr).toBe(
    'rtbench: ✗ websocket.expected > 0: 40,000, in 5 rounds\n' +
      'rtbench: ✓ websocket.lost > 0: 0, in 5 rounds\n' +
      'rtbench: 1 of 2 gates failed: websocket.expected > 0\n',
  );
  expect(JSON.parse(stdout).gates).toMatchObject([
    { kind: 'threshold', place: '--fail-if', transport: 'websocket', passed: false, value: 40_000, limit: 0 },
    { passed: true, value: 0 },
  ]);
  expect(readFileSync(out, 'utf8')).toBe(stdout);
  const again = await rtbench(['report', out, '--format', 'markdown']);
  expect(again).toMatchObject({ code: 0, stderr: '' });
  expect(again.stdout).toContain('- ✗ **websocket.expected &gt; 0: 40,000, in 5 rounds**');
});

test.concurrent('JUnit holds a case for each gate and each transport, whatever names there are', async () => {
  const hostile = hostileReport();
  const gates = [
    {
      kind: 'threshold',
      rule: HOSTILE,
      place: HOSTILE,
      transport: HOSTILE,
      passed: false,
      value: null,
      limit: 0,
      found: HOSTILE,
    },
  ];
  const baseline = { file: HOSTILE, startedAt: HOSTILE, notes: [HOSTILE] };
  const { code, stdout } = await rtbench([
    'report',
    file('hostile.json', { ...hostile, gates, baseline }),
    '--format',
    'junit',
  ]);
  expect(code).toBe(0);
  const count = `
import sys, xml.dom.minidom as xml
suites = xml.parseString(sys.stdin.buffer.read()).getElementsByTagName('testsuite')
print([[s.getAttribute(k) for k in ('name', 'tests', 'failures', 'errors')] for s in suites])`;
  const told = execFileSync('python3', ['-c', count], { input: stdout, encoding: 'utf8' });
  expect(told.trim()).toBe(
    "[['thresholds', '1', '1', '0'], ['baseline', '0', '0', '0'], ['rounds', '2', '0', '0']]",
  );
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
  expect(stdout.replaceAll('\n', '')).not.toMatch(/[\u0000-\u001f\u202e]/);
});

test.concurrent('--summary appends Markdown to the job summary', async () => {
  const summary = file('summary.md', '# Before\n');
  const { code } = await rtbench(['report', saved, '--json', '--summary'], { GITHUB_STEP_SUMMARY: summary });
  const markdown = await rtbench(['report', saved, '--format', 'markdown']);
  expect(code).toBe(0);
  expect(readFileSync(summary, 'utf8')).toBe(`# Before\n${markdown.stdout}\n`);
  const nowhere = await rtbench(['report', saved, '--summary'], {
    GITHUB_STEP_SUMMARY: join(folder, 'no', 'summary.md'),
  });
  expect(nowhere).toMatchObject({ code: 2, stdout: '' });
  expect(nowhere.stderr).toMatch(
    /^rtbench: Expected GITHUB_STEP_SUMMARY to be a file that can be written, got `\S+` \(no such file/,
  );
});

test('a run is gated by its scenario too, and what failed last time does not end a new report', async () => {
  const mine = file(
    'gated.yaml',
    "extends: broadcast\nclients: 5\nduration: 300ms\nrounds: 1\nfailIf: [ws.expected>0, '*.lost>0']\n",
  );
  const gated = await rtbench(['run', '--transport', 'ws', '--scenario', mine, '--quiet', '--json']);
  expect(gated.code).toBe(99);
  const { gates } = JSON.parse(gated.stdout);
  expect(gates.map(({ place }: { place: string }) => place)).toEqual([
    `\`failIf[0]\` (${mine}, line 5)`,
    `\`failIf[1]\` (${mine}, line 5)`,
  ]);
  const again = await rtbench(['report', file('run.json', gated.stdout), '--fail-if', 'ws.duplicated>0']);
  expect(again.code).toBe(0);
});
