import { expect, test } from 'vitest';
import { checkNames } from '../../src/calibrate/index.ts';
import { fields } from '../../src/plan/fields/index.ts';
import { transports } from '../../src/transports/index.ts';
import { rtbench } from '../rtbench.ts';

async function json(...args: string[]) {
  const { code, stdout, stderr } = await rtbench(args);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return JSON.parse(stdout);
}

test('without a command the help says what there is, and that one was expected', async () => {
  const { code, stderr } = await rtbench([]);
  expect(code).toBe(2);
  for (const name of ['run', 'compare', 'sweep', 'advise', 'diff', 'list', 'doctor', 'report'])
    expect(stderr).toContain(`  ${name} `);
});

test('--version prints the version alone', async () => {
  const { code, stdout } = await rtbench(['--version']);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
});

test.each(['run', 'compare', 'sweep', 'advise'])(
  '%s --help names every option and gives examples',
  async (command) => {
    const { code, stdout } = await rtbench([command, '--help']);
    expect(code).toBe(0);
    const output = ['out', 'format', 'json', 'quiet', 'no-color', 'strict', 'dry-run', 'scenario'];
    for (const option of [...Object.values(fields).map(({ option }) => option), ...output]) {
      expect(stdout).toContain(`--${option}`);
    }
    expect(stdout).toContain(`Examples:\n  rtbench ${command}`);
  },
);

test('--help stands for a manual, and its commands fit a terminal', async () => {
  const { stdout } = await rtbench(['--help']);
  const codes = [...stdout.matchAll(/^ {2}(\d+) {2,}\S/gm)].map(([, code]) => Number(code));
  expect(codes).toEqual([0, 1, 2, 3, 99, 130]);
  for (const name of ['NO_COLOR', 'FORCE_COLOR', 'XDG_STATE_HOME', 'RTBENCH_DEBUG']) {
    expect(stdout).toContain(`  ${name} `);
  }
  const [, commands = ''] = /^Commands:\n(.*?)\n\n/ms.exec(stdout) ?? [];
  expect(commands.split('\n').filter((line) => line.length > 80)).toEqual([]);
  expect(commands).toMatch(/^ {2}diff <before> <after> /m);
  const { stdout: calibrate } = await rtbench(['calibrate', '--help']);
  expect(calibrate).toContain(`Checks: ${checkNames.join(', ')}`);
});

test('--dry-run prints the plan and starts nothing', async () => {
  const plan = await json('run', '--transport', 'long-polling', '--dry-run', '--clients', '9', '--tls');
  expect(plan.transports).toEqual(['longpoll']);
  expect(plan.command).toContain('--dry-run');
  expect(plan.scenario).toMatchObject({ name: 'broadcast', clients: 9, witnesses: 9, rounds: 5, tls: true });
});

test('compare has one transport of each family and five rounds', async () => {
  const plan = await json('compare', '--dry-run');
  expect(plan.transports).toEqual(['polling', 'longpoll', 'streaming', 'websocket', 'socketio']);
  expect(plan.scenario).toMatchObject({ clients: 200, ratePerSecond: 20, payloadBytes: 64, rounds: 5 });
});

test('a scenario decides what no option does', async () => {
  const plan = await json('compare', '--dry-run', '--scenario', 'notifications', '--clients', '30');
  expect(plan.scenario).toMatchObject({ clients: 30, rounds: 3, arrivals: 'poisson', durationMs: 20_000 });
});

test('list says what there is, for people and for programs', async () => {
  const names = transports.map(({ name }) => name);
  expect((await json('list', 'transports', '--json')).map((entry: { name: string }) => entry.name)).toEqual(
    names,
  );
  const { stdout } = await rtbench(['list', 'scenarios']);
  for (const name of ['broadcast', 'notifications', 'binary', 'large', 'burst']) {
    expect(stdout).toMatch(new RegExp(`^${name} .*\\S$`, 'm'));
  }
  expect(stdout).toMatch(
    /^burst +broadcast +a steady rate.*\n +clients 100 · payload 128\n +phases steady 1s 20,/m,
  );
  const scenarios = await json('list', 'scenarios', '--json');
  const burst = scenarios.find(({ name }: { name: string }) => name === 'burst');
  expect(burst).toMatchObject({ application: 'broadcast', durationMs: 2000, ratePerSecond: 60 });
  expect(burst.special).toContain('payload 128');
  expect(stdout).not.toMatch(/[─│┌]/);
  expect(stdout).not.toContain('\u001b');
});

test('colors are there when they are asked for', async () => {
  const plain = await rtbench(['list', 'scenarios', '--no-color'], { FORCE_COLOR: '1' });
  const forced = await rtbench(['list', 'scenarios'], { FORCE_COLOR: '1' });
  expect(plain.stdout).not.toContain('\u001b');
  expect(forced.stdout).toContain('\u001b');
});

test('doctor looks at everything, and a warning is no failure', async () => {
  const { checks } = await json('doctor', '--json');
  const names = checks.map(({ name }: { name: string }) => name);
  for (const name of [
    'cores',
    'pinning',
    'open files',
    'ports',
    'namespace',
    'clock',
    'other load',
    'packages',
  ]) {
    expect(names).toContain(name);
  }
  for (const { ok, value, advice } of checks) {
    expect(value).not.toBe('');
    expect(advice === '').toBe(ok);
  }
  const ceiling = checks.find(({ name }: { name: string }) => name === 'http ceiling');
  expect(ceiling.value).toMatch(/^at least [1-9][\d,]* requests\/s .* p50 [\d.]+ ms, p99 [\d.]+ ms$/);
});
