import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { plainLook } from '../../src/cli/look.ts';
import type { Capacity, Limiter, Report, Vary } from '../../src/measurements.ts';
import { makePublication, type PublishRequest } from '../../src/publish/index.ts';
import { formats, readSaved } from '../../src/report/index.ts';
import { writeWhole } from '../../src/whole-files.ts';
import { HOSTILE, hostileReport, type SampleOptions, sampleReport } from '../report/sample.ts';

const root = mkdtempSync(join(tmpdir(), 'rtbench-publish-'));
afterAll(() => rmSync(root, { recursive: true }));

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(root, 'results-'));
});

/** What must not come into a page as it is. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
const HARMFUL = /<script|[\u202e\u001b]/;

const sample = (options: SampleOptions = {}) =>
  sampleReport({ transports: ['polling', 'websocket'], rounds: 3, scenario: SMALL, ...options });
const SMALL = { clients: 20, witnesses: 2 };

const asResult = (report: Report, file: string | null = null) => ({
  file,
  saved: readSaved(formats.json(report, plainLook)),
});

/** Publishes as the command does; answers with the paths below the directory. */
async function publish(reports: readonly Report[], options: Partial<PublishRequest> = {}) {
  const publication = await makePublication(
    {
      ...{ directory, machine: undefined, name: undefined, isLatest: false, pages: 'all' },
      results: reports.map((report) => asResult(report)),
      ...options,
    },
    plainLook,
  );
  writeWhole(publication.files);
  for (const path of publication.stale) rmSync(path);
  return { ...publication, paths: publication.files.map(({ path }) => relative(directory, path)) };
}

const folders = () =>
  readdirSync(directory, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();

const all = () =>
  new Map(
    readdirSync(directory, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name))
      .sort()
      .map((path) => [relative(directory, path), readFileSync(path, 'utf8')]),
  );

const FOLDER = '2026-01-02-amd-epyc-7r13-2-cores';

test('a run is a folder by its day and machine, with each result in every form and a page that links to all', async () => {
  const report = sample();
  const { paths } = await publish([report]);
  const wanted = ['json', 'md', 'csv', 'latency.svg'].map((ending) => `${FOLDER}/broadcast.${ending}`);
  for (const path of [...wanted, `${FOLDER}/README.md`, 'README.md', 'index.html'])
    expect(paths).toContain(path);
  const files = all();
  expect([...files.keys()]).toEqual(paths.toSorted());
  expect(files.get(`${FOLDER}/broadcast.json`)).toBe(formats.json(report, plainLook));
  const page = files.get(`${FOLDER}/README.md`) ?? '';
  expect(page).toContain(formats.markdown(report, plainLook).trim());
  expect(page).toContain('](broadcast.latency.svg)');
  expect(page).toContain('```sh\nrtbench compare\n```');
  for (const path of paths.filter((path) => path.startsWith(`${FOLDER}/broadcast`))) {
    const name = path.slice(FOLDER.length + 1);
    expect(page).toContain(`](${name})`);
    expect(files.get('README.md')).toContain(`](${path})`);
    expect(files.get('index.html')).toContain(`href="${path}"`);
  }
});

test('the same again is the same folder with the same bytes; another one is numbered; both are in the index', async () => {
  await publish([sample()]);
  const before = all();
  await publish([sample()]);
  expect(all()).toEqual(before);
  await publish([sample({ seed: 2 })]);
  await publish([sample({ seed: 3 })]);
  await publish([sample({ seed: 2 })]);
  expect(folders()).toEqual([FOLDER, `${FOLDER}-2`, `${FOLDER}-3`]);
  for (const [path, text] of before) {
    if (path.startsWith(FOLDER)) expect(all().get(path)).toBe(text);
  }
  for (const folder of folders()) expect(all().get('README.md')).toContain(`### [${folder}](${folder}/)`);
});

test('a run grows: with more results it stays where it was', async () => {
  await publish([sample()]);
  await publish([sample(), sample({ seed: 2 })]);
  expect(folders()).toEqual([FOLDER]);
  expect(readdirSync(join(directory, FOLDER)).filter((name) => name.endsWith('.json'))).toEqual([
    'broadcast-2.json',
    'broadcast.json',
  ]);
});

test('runs stand newest first, under the names they were given', async () => {
  const on = (day: string, machine: string) =>
    publish([{ ...sample(), startedAt: `${day}T10:00:00.000Z` }], { machine, name: 'before' });
  await on('2026-03-01', 'laptop');
  await on('2026-05-01', 'server');
  await on('2026-04-01', 'laptop');
  const order = [...(all().get('README.md') ?? '').matchAll(/### \[(.+?)\]/g)].map(([, name]) => name);
  expect(order).toEqual(['2026-05-01-server-before', '2026-04-01-laptop-before', '2026-03-01-laptop-before']);
});

test('results are named as their files are', async () => {
  const names = ['a/Compare Ä.json', 'b/compare-a.json', '../../README.json', 'x\\..\\y.json', '....json'];
  const results = names.map((file, at) => asResult(sample({ seed: at + 1 }), file));
  const { paths } = await publish([], { results });
  expect(paths.filter((path) => path.endsWith('.json')).map((path) => path.slice(FOLDER.length + 1))).toEqual(
    ['compare-a.json', 'compare-a-2.json', 'readme-result.json', 'y.json', 'broadcast.json'],
  );
});

test('--latest replaces what latest held, and nothing else', async () => {
  await publish([], { isLatest: true, results: [asResult(sample(), 'old.json')] });
  writeFileSync(join(directory, 'latest/old.txt'), 'mine');
  await publish([], { isLatest: true, results: [asResult(sample({ seed: 2 }), 'new.json')] });
  const names = readdirSync(join(directory, 'latest'));
  expect(names.filter((name) => name.startsWith('old'))).toEqual(['old.txt']);
  expect(names).toContain('new.json');
});

test('pages of their own may be left out', async () => {
  const reports = [sample(), sample({ seed: 2 })];
  const pages = async (pages: PublishRequest['pages']) =>
    (await publish(reports, { pages })).paths.filter((path) => /broadcast.*html$/.test(path)).length;
  const hasPages = formats.html === undefined ? 0 : 1;
  expect([await pages('all'), await pages('first'), await pages('none')]).toEqual([
    2 * hasPages,
    hasPages,
    0,
  ]);
  expect(readdirSync(join(directory, FOLDER)).filter((name) => name.endsWith('.html'))).toEqual([]);
});

test('what others wrote stays: words around ours, a page of their own, files that are no results', async () => {
  writeFileSync(join(directory, 'README.md'), '# Mine\n\nHand-written.\n');
  writeFileSync(join(directory, 'index.html'), '<p>mine');
  mkdirSync(join(directory, 'bench'));
  writeFileSync(join(directory, 'bench/latest.json'), '[1]');
  mkdirSync(join(directory, FOLDER));
  writeFileSync(join(directory, FOLDER, 'broadcast.json'), '{"schema":"rtbench/report@1"');
  const { notes } = await publish([sample()]);
  expect(notes).toHaveLength(3);
  for (const path of [`bench/latest.json`, `${FOLDER}/broadcast.json`, 'index.html'])
    expect(notes.join('\n')).toContain(`${join(directory, path)}: `);
  expect(folders()).toEqual([FOLDER, `${FOLDER}-2`, 'bench']);
  const files = all();
  expect(files.get('index.html')).toBe('<p>mine');
  expect(files.get('bench/latest.json')).toBe('[1]');
  expect(files.get('README.md')).toMatch(/^# Mine\n\nHand-written\.\n\n<!-- rtbench publish/);
  writeFileSync(join(directory, 'README.md'), `${files.get('README.md')}\nAfter.\n`);
  await publish([sample({ seed: 2 })]);
  expect(all().get('README.md')).toMatch(/^# Mine\n\nHand-written\.\n.*-3.*\nAfter\.\n$/s);
});

test('a hostile result stays in its folder and becomes no markup', async () => {
  const report = {
    ...hostileReport({ rounds: 1 }),
    command: ['--scenario', '``` <!-- rtbench publish: end -->'],
  };
  const traversal = { ...report, scenario: { ...report.scenario, name: '../../../x' } };
  const { paths } = await publish([report, traversal]);
  await publish([report, traversal]);
  for (const path of paths) expect(path).toMatch(/^([a-z0-9-]+\/)?[a-zA-Z0-9-]+(\.[a-z0-9-]+)?\.[a-z]+$/);
  expect(folders()).toHaveLength(1);
  const files = all();
  const index = files.get('index.html') ?? '';
  expect(index).not.toMatch(HARMFUL);
  expect(index).toContain('default-src &#39;none&#39;');
  for (const path of ['README.md', `${folders()[0]}/README.md`]) {
    const text = files.get(path) ?? '';
    expect(text).not.toMatch(HARMFUL);
    expect(text.match(/<!-- rtbench publish: what/g)).toHaveLength(1);
  }
  expect(files.get(`${folders()[0]}/README.md`)).toContain('````sh\n');
  const json = paths.find((path) => path.endsWith('.json')) ?? '';
  expect(JSON.parse(files.get(json) ?? '{}')).toMatchObject({ rtbench: HOSTILE });
});

test('every kind of result is published, with what it says', async () => {
  const real = join(import.meta.dirname, '../../results');
  const run = join(real, readdirSync(real).find((name) => name.endsWith('two-core-vm')) ?? '');
  const names = ['compare', 'sweep', 'capacity', 'fallback', 'advise', 'longpoll', 'redis-kill'];
  cpSync(run, join(root, 'real'), { recursive: true });
  const results = names.map((name) => {
    const file = join(root, 'real', `${name}.json`);
    return { file, saved: readSaved(readFileSync(file, 'utf8')) };
  });
  const { paths } = await publish([], { results, machine: 'two-core-vm', pages: 'none' });
  for (const name of names) expect(paths).toContain(`2026-11-21-two-core-vm/${name}.md`);
  const index = all().get('README.md') ?? '';
  for (const says of [
    'fastest',
    'Polling is cheaper',
    'carries at least',
    'fell back',
    'Take ',
    'Long polling: latency p50',
  ])
    expect(index).toContain(says);
});

test('a run with capacities has a table of what its machine carries', async () => {
  const { rtbench, startedAt, finishedAt, command, machine, scenario, calibration, calibrationMissing } =
    sample();
  const answer = {
    ...{ value: 620, failsAt: 680, deliveriesPerSecond: 31_000, serverCoreShare: 0.9, why: 'because' },
    ...{ deliveriesPerCoreSecond: 34_444, driverCoreShare: 0.7 },
  };
  const capacity = (vary: Vary, kind: 'capacity' | 'at-least', limiter: Limiter): Capacity => ({
    schema: 'rtbench/capacity@1',
    ...{ rtbench, startedAt, finishedAt, command, machine, scenario, calibration, calibrationMissing, vary },
    ...{ interrupted: false, failure: null, slo: [{ figure: 'p99', limit: 100, inclusive: false }] },
    transports: ['websocket'].map((transport) => ({
      ...{ transport, steps: [], doubled: null, endpoint: null },
      answer: {
        ...{ ...answer, kind, limiter },
        atLimit: {
          ...{ deliveriesPerSecond: 31_500, latencyP99Ms: 300, flags: [] },
          ...{ serverCoreShare: 0.97, driverCoreShare: 0.712 },
        },
      },
    })),
  });
  const results = [capacity('rate', 'capacity', 'server-cpu'), capacity('clients', 'at-least', 'driver')].map(
    (found, at) => ({ file: `carries-${at}.json`, saved: readSaved(JSON.stringify(found)) }),
  );
  await publish([], { results });
  const page = all().get(`${FOLDER}/README.md`) ?? '';
  const table = page.slice(page.indexOf('## What this machine carries'), page.indexOf('## carries-0'));
  expect(table).toContain(
    '| [deliveries/s and core to 20 clients, p99 &lt; 100 ms](#carries-0) | limit | [clients at 20 msg/s, p99 &lt; 100 ms](#carries-1) | limit |',
  );
  expect(table).toContain(
    "| websocket | 34,444 | server-cpu: server 97%, clients' side 71% | ≥ 620 | driver: server 97%, clients' side 71% |",
  );
});
