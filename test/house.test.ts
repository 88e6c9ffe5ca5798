import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '..');
const FILES = globSync('src/**/*.ts', { cwd: ROOT }).toSorted();
const source = new Map(FILES.map((file) => [file, readFileSync(join(ROOT, file), 'utf8')]));

/** Floors from the ground up: an import never goes to a higher one. */
const FLOORS = [
  ['own', 'contracts.ts', 'errors.ts', 'random.ts', 'measurements.ts', 'measurements', 'instrument'],
  ['message.ts', 'timeline.ts', 'stats', 'transports'],
  ['applications', 'schedule'],
  ['clients', 'plan', 'report', 'cluster', 'whole-files.ts', 'demo-talk.ts'],
  // Runs in a browser and is only built here: its text is what a page holds.
  ['browser'],
  ['server', 'gates'],
  ['run', 'scenarios.ts'],
  ['calibrate', 'sweep', 'capacity', 'fallback', 'publish', 'trace', 'demo'],
  ['advise'],
  ['cli', 'library', 'index.ts'],
];

function roomOf(file: string): string {
  return file.split('/')[1] ?? '';
}

function floorOf(file: string): number {
  return FLOORS.findIndex((rooms) => rooms.includes(roomOf(file)));
}

function importsOf(file: string): string[] {
  const found = (source.get(file) ?? '').matchAll(/(?:from|import\()\s*'(\.[^']+)'/g);
  return [...found].map(([, path = '']) => normalize(join(dirname(file), path)));
}

const ARROWS = FILES.flatMap((file) => importsOf(file).map((target) => [file, target] as const));

test('the top level is as asked', () => {
  const wanted =
    'package.json tsconfig.json src scenarios results bin test docs README.md LICENSE CHANGELOG.md';
  for (const entry of `${wanted} CONTRIBUTING.md .ci/run .github`.split(' ')) {
    expect(existsSync(join(ROOT, entry)), entry).toBe(true);
  }
});

test('every room has a floor, and every import leads to a file', () => {
  expect(FILES.length).toBeGreaterThan(50);
  expect(FILES.filter((file) => floorOf(file) < 0)).toEqual([]);
  expect(ARROWS.filter(([, target]) => !source.has(target))).toEqual([]);
});

test('no import runs up', () => {
  expect(ARROWS.filter(([file, target]) => floorOf(target) > floorOf(file))).toEqual([]);
});

test('transports know only contracts, errors and each other; server and clients, report and run never meet', () => {
  const forbidden: Record<string, (room: string) => boolean> = {
    transports: (room) => !['transports', 'contracts.ts', 'errors.ts'].includes(room),
    server: (room) => room === 'clients',
    clients: (room) => room === 'server',
    report: (room) =>
      !['report', 'own', 'stats', 'measurements.ts', 'measurements', 'errors.ts'].includes(room),
    browser: (room) => !['browser', 'report', 'demo-talk.ts'].includes(room),
    stats: (room) => !['stats', 'measurements.ts', 'errors.ts', 'random.ts'].includes(room),
  };
  const wrong = ARROWS.filter(([file, target]) => forbidden[roomOf(file)]?.(roomOf(target)));
  expect(wrong).toEqual([]);
});

test('there are no circles', () => {
  const done = new Set<string>();
  const visit = (file: string, path: readonly string[]): readonly string[] | undefined => {
    if (path.includes(file)) return [...path, file];
    if (done.has(file)) return undefined;
    for (const target of importsOf(file)) {
      const circle = visit(target, [...path, file]);
      if (circle) return circle;
    }
    done.add(file);
    return undefined;
  };
  expect(FILES.map((file) => visit(file, [])).find((circle) => circle !== undefined)).toBeUndefined();
});

test('files stay under 300 lines and folders at ten files', () => {
  const long = FILES.filter((file) => (source.get(file) ?? '').split('\n').length > 300);
  expect(long).toEqual([]);
  const counts = Map.groupBy(FILES, (file) => dirname(file));
  expect([...counts].filter(([, files]) => files.length > 10).map(([folder]) => folder)).toEqual([]);
});

test('only cli prints or ends the process', () => {
  // A role's process ends itself when its parent is gone: nobody is left to do it.
  const allowed = (file: string) => roomOf(file) === 'cli' || file === 'src/instrument/role-process.ts';
  const speaks = /console\.\w|process\.(exit|stdout|stderr)\b/;
  expect(FILES.filter((file) => !allowed(file) && speaks.test(source.get(file) ?? ''))).toEqual([]);
});

test('nothing hides a type error', () => {
  const hides = /\bas any\b|: any\b|as unknown as|@ts-ignore|@ts-expect-error|biome-ignore/;
  expect(FILES.filter((file) => hides.test(source.get(file) ?? ''))).toEqual([]);
});
