import { accessSync, constants, existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';

const ROOT = join(import.meta.dirname, '../..');
const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');

const texts = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));
const step = z.strictObject({
  id: z.string().optional(),
  if: z.string().optional(),
  uses: z.string().optional(),
  with: texts.optional(),
  run: z.string().optional(),
  shell: z.literal('bash').optional(),
  env: texts.optional(),
});
const permissions = z.record(z.string(), z.enum(['read', 'write']));
const job = z.strictObject({
  needs: z.string().optional(),
  if: z.string().optional(),
  'runs-on': z.literal('ubuntu-latest'),
  'timeout-minutes': z.number().max(30),
  permissions: permissions.optional(),
  strategy: z.object({}).loose().optional(),
  steps: z.array(step).min(1),
});
const workflow = z.strictObject({
  name: z.string(),
  on: z.object({}).loose(),
  permissions: z.strictObject({ contents: z.literal('read') }),
  concurrency: z.object({ group: z.string(), 'cancel-in-progress': z.union([z.boolean(), z.string()]) }),
  jobs: z.record(z.string(), job),
});
const action = z.strictObject({
  ...{ name: z.string(), description: z.string(), branding: z.object({}).loose() },
  inputs: z.record(z.string(), z.strictObject({ description: z.string(), default: z.string() })),
  outputs: z.record(z.string(), z.strictObject({ description: z.string(), value: z.string() })),
  runs: z.strictObject({ using: z.literal('composite'), steps: z.array(step) }),
});

const FILES = globSync('.github/workflows/*.yml', { cwd: ROOT }).toSorted();
const workflows = new Map(FILES.map((file) => [file, workflow.parse(parse(read(file)))]));
const ours = action.parse(parse(read('action.yml')));
const steps = [
  ...ours.runs.steps.map((one) => ({ file: 'action.yml', ...one })),
  ...[...workflows].flatMap(([file, { jobs }]) =>
    Object.values(jobs).flatMap((one) => one.steps.map((each) => ({ file, ...each }))),
  ),
];

/** The file that a `run` calls. */
function scriptOf(run: string): string | undefined {
  const [, inAction, own] = /^bash (?:"\$GITHUB_ACTION_PATH\/([^"]+)"|([^"\s]+))$/.exec(run) ?? [];
  return inAction ?? own;
}

test('there are a check, a benchmark and a release', () => {
  expect(FILES.map((file) => file.replace(/.*\/|\.yml/g, ''))).toEqual(['bench', 'ci', 'release']);
});

describe.each(steps.map((one) => [`${one.file}: ${one.run ?? one.uses}`, one] as const))('%s', (_, one) => {
  it('uses a version, or calls one script and interpolates nothing into it', () => {
    expect([one.run, one.uses].filter((part) => part !== undefined)).toHaveLength(1);
    if (one.uses !== undefined) expect(one.uses).toMatch(/^(\.\/|[\w-]+\/[\w-]+@v\d+)$/);
    if (one.run === undefined || one.run === 'npm ci') return;
    expect(one.run).not.toContain('${{');
    const script = scriptOf(one.run) ?? '';
    expect(existsSync(join(ROOT, script)), script).toBe(true);
    accessSync(join(ROOT, script), constants.X_OK);
    // Each is given what it reads, and what it is given it reads.
    const text = read(script);
    const runnerOwn = /^(GITHUB|RUNNER)_|^(IFS)$/;
    const wanted = [...text.matchAll(/\$\{?([A-Z][A-Z_]+)/g)].map(([, name = '']) => name);
    const required = [...text.matchAll(/\$(?:\{([A-Z][A-Z_]+)\}|([A-Z][A-Z_]+))/g)].map(
      ([, braced, bare]) => braced ?? bare ?? '',
    );
    const given = Object.keys(one.env ?? {}).filter(
      (name) => !['GH_TOKEN', 'NODE_AUTH_TOKEN'].includes(name),
    );
    expect(given.filter((name) => !wanted.includes(name))).toEqual([]);
    expect(required.filter((name) => !runnerOwn.test(name) && !given.includes(name))).toEqual([]);
  });
});

test('every script is used by some step, and says first what it does', () => {
  const used = new Set(steps.flatMap(({ run = '' }) => scriptOf(run) ?? []));
  const scripts = globSync('scripts/ci/*.sh', { cwd: ROOT });
  expect(scripts.filter((script) => !used.has(script))).toEqual([]);
  for (const script of scripts) {
    expect(read(script), script).toMatch(/^#!\/usr\/bin\/env bash\n# .{20,}\nset -euo pipefail\n/);
  }
});

test('leave to write is given to single jobs, each for one purpose', () => {
  const written = [...workflows].flatMap(([file, { jobs }]) =>
    Object.entries(jobs).flatMap(([name, { permissions: own = {} }]) =>
      Object.entries(own).flatMap(([what, leave]) => (leave === 'write' ? [`${file} ${name}: ${what}`] : [])),
    ),
  );
  expect(written).toEqual([
    '.github/workflows/bench.yml comment: pull-requests',
    '.github/workflows/bench.yml publish: contents',
    '.github/workflows/release.yml npm: id-token',
    '.github/workflows/release.yml executables: contents',
  ]);
});

test('what a step is given of our own action, the action has, also in what people copy', () => {
  const [, example = ''] = /```yaml\n(.*?)```/s.exec(read('docs/ci.md')) ?? [];
  const copied = Object.values(z.object({ jobs: z.record(z.string(), job) }).parse(parse(example)).jobs);
  const all = [...steps, ...copied.flatMap((one) => one.steps)];
  const own = all.filter(({ uses = '' }) => uses === './' || uses.startsWith('OWNER/rtbench@v'));
  expect(own).toHaveLength(2);
  for (const { with: given = {} } of own) {
    expect(Object.keys(given).filter((name) => !Object.hasOwn(ours.inputs, name))).toEqual([]);
  }
  const text = read('action.yml');
  const inputs = [...text.matchAll(/inputs\.([a-z-]+)/g)].map(([, name = '']) => name);
  expect(new Set(inputs)).toEqual(new Set(Object.keys(ours.inputs)));
});
