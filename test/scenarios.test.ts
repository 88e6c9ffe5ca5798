import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { makePlan } from '../src/plan/make.ts';
import type { WrittenSettings } from '../src/plan/settings.ts';
import { listScenarios, loadScenario } from '../src/scenarios.ts';
import { transports } from '../src/transports/index.ts';

const folder = mkdtempSync(join(tmpdir(), 'rtbench-scenarios-'));
afterAll(() => rmSync(folder, { recursive: true }));
mkdirSync(join(folder, 'teams'));

function write(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}
const HEAD = 'name: base\nsummary: the base\napplication: broadcast\n';
write('base.yaml', `${HEAD}clients: 50\nrate: 5\nduration: 2s\ntransports: { sse: { heartbeat: 3s } }\n`);

test('what a scenario does not say, the one it extends does, by name or by a path from its own file', async () => {
  const named = await loadScenario(write('named.yaml', 'extends: notifications\nclients: 7\n'));
  expect(named).toMatchObject({
    name: 'notifications',
    application: 'broadcast',
    settings: { clients: 7, ratePerSecond: 0.2 },
  });
  write('teams/mine.yaml', 'extends: ../base.yaml\nname: mine\nrate: 9\ntransports: { sse: { hold: 4s } }\n');
  const { origins, ...mine } = await loadScenario(
    write('last.yml', 'extends: teams/mine.yaml\nclients: 8\n'),
  );
  expect(mine).toEqual({
    name: 'mine',
    summary: 'the base',
    application: 'broadcast',
    settings: {
      clients: 8,
      ratePerSecond: 9,
      durationMs: 2000,
      transports: { sse: { heartbeatMs: 3000, holdMs: 4000 } },
    },
  });
  expect(origins?.durationMs?.place).toBe(`\`duration\` (${join(folder, 'base.yaml')}, line 6)`);
  expect(origins?.ratePerSecond?.place).toBe(`\`rate\` (${join(folder, 'teams/mine.yaml')}, line 3)`);
});

test("phases take the place of a base's rate and duration, but its phases bear no rate beside them", async () => {
  const phased = write('phased.yaml', 'extends: ./base.yaml\nphases: a 1s 5\n');
  const { settings } = await loadScenario(phased);
  expect(Object.keys(settings).toSorted()).toEqual(['clients', 'phases', 'transports']);
  const rated = write('rated.yaml', 'extends: ./phased.yaml\nrate: 5\n');
  await expect(loadScenario(rated)).rejects.toThrow(
    `Expected \`rate\` (${rated}, line 2) to be left out, since there are phases, got \`5\``,
  );
  const even = await loadScenario(write('even.yaml', 'extends: ./phased.yaml\nphases: none\nrate: 6\n'));
  expect(even.settings).toMatchObject({ phases: [], ratePerSecond: 6 });
});

test("the documentation's example is a scenario", async () => {
  const page = readFileSync(join(import.meta.dirname, '../docs/scenarios.md'), 'utf8');
  const [, example = ''] = /```yaml\n(.*?)```/s.exec(page) ?? [];
  const { name, settings } = await loadScenario(write('example.yaml', example));
  expect(name).toBe('match-day');
  expect(settings.phases?.map((phase) => phase.name)).toEqual(['calm', 'goal', 'ebb', 'break']);
  expect(settings.transports).toEqual({ polling: { pollIntervalMs: 250 }, longpoll: { holdMs: 10_000 } });
});

test('circles and long chains are refused with their files', async () => {
  const at = (name: string) => join(folder, name);
  write('a.yaml', 'extends: ./b.yaml\n');
  write('b.yaml', 'extends: c.yaml\n');
  write('c.yaml', 'extends: ./teams/../a.yaml\n');
  const circle = `got a circle: ${at('a.yaml')} extends ${at('b.yaml')} extends ${at('c.yaml')} extends ${at('a.yaml')}`;
  await expect(loadScenario(at('a.yaml'))).rejects.toThrow(circle);
  symlinkSync(write('self.yaml', 'extends: ./other.yaml\n'), at('other.yaml'));
  await expect(loadScenario(at('self.yaml'))).rejects.toThrow(
    /got a circle: \S+self.yaml extends \S+other.yaml/,
  );
  for (let step = 1; step <= 5; step++) write(`step${step}.yaml`, `extends: ./step${step + 1}.yaml\n`);
  write('step6.yaml', HEAD);
  await expect(loadScenario(at('step2.yaml'))).resolves.toMatchObject({ name: 'base' });
  await expect(loadScenario(at('step1.yaml'))).rejects.toThrow(
    /at most 5 files, got \S+step1.yaml extends \S+step2/,
  );
});

test.each([
  ['brodcast', '(FILE, line 1) to be one of .* got `brodcast`\\. Did you mean `broadcast`'],
  ['./no-such.yaml', '(FILE, line 1) to be a readable file, got `.*no such file or directory'],
  ['./teams.yaml', '(FILE, line 1) to be a file, got'],
  ['./wrong.yaml', 'Expected `clients` \\(.*wrong.yaml, line 4\\) to be a positive integer, got `many`'],
  ['""', '(FILE, line 1) to be the name of a scenario'],
  ['[a, b]', '(FILE, line 1) to be the name of a scenario'],
  ['"../\\x1b[2J.yaml"', '(FILE, line 1) to be the name of a scenario'],
])('extends: %s is refused', async (base, message) => {
  mkdirSync(join(folder, 'teams.yaml'), { recursive: true });
  write('wrong.yaml', `${HEAD}clients: many\n`);
  const file = write('extends.yaml', `extends: ${base}\n`);
  const pattern = new RegExp(message.replace('(FILE', `\`extends\` \\(${file}`).replace('1)', '1\\)'));
  await expect(loadScenario(file)).rejects.toThrow(pattern);
});

test('every scenario that comes with rtbench is a plan for every transport', async () => {
  const shipped = await listScenarios();
  expect(shipped.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['resilience', 'liveness', 'cluster', 'redis-dies']),
  );
  for (const scenario of shipped) {
    const request = { command: [], transports, scenario, rounds: 1, isolate: 'auto', options: {} };
    expect(() => makePlan(request, { openFiles: 1e6 }), scenario.name).not.toThrow();
  }
});

test("a scenario's faults must fit a shorter window, and can be left out for it", async () => {
  const scenario = await loadScenario('resilience');
  const planned = (options: WrittenSettings) =>
    makePlan({ command: [], transports, scenario, rounds: 1, isolate: 'auto', options }, { openFiles: 1e6 });
  expect(() => planned({ durationMs: '1s' })).toThrow(
    /`faults\[0\]` \(scenarios\/resilience.yaml, line \d+\)/,
  );
  expect(planned({ durationMs: '1s', faults: 'none' }).scenario.faults).toEqual([]);
});
