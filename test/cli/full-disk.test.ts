import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { plainLook } from '../../src/cli/look.ts';
import { formats } from '../../src/report/index.ts';
import { sampleReport } from '../report/sample.ts';
import { BIN, rtbench } from '../rtbench.ts';

const root = mkdtempSync(join(tmpdir(), 'rtbench-full-'));
afterAll(() => rmSync(root, { recursive: true }));

/** Its JSON needs about 300 KB, its CSV 30 KB. */
const saved = join(root, 'saved.json');
const text = formats.json(sampleReport({ rounds: 12 }), plainLook);
writeFileSync(saved, text);

let folder: string;
beforeEach(() => {
  folder = join(root, 'out');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
});

/** Runs a shell's words with the command behind them; files may be of 100 KiB. */
function limited(...words: string[]): { code: number | null; stdout: string; stderr: string } {
  const script = `ulimit -f 200; ${words.join(' ')}`;
  const { status, stdout, stderr } = spawnSync('sh', ['-c', script, process.execPath, BIN, saved], {
    cwd: folder,
    encoding: 'utf8',
  });
  return { code: status, stdout, stderr };
}

const REPORT = '"$0" "$1" report "$2"';

describe('a full disk', () => {
  test.concurrent.each(['report "$2"', 'report "$2" --json', '--help', 'run --help', '--version'])(
    'behind standard output is told of `%s`',
    (call) => {
      const { code, stderr } = limited('"$0" "$1"', call, '> /dev/full');
      const says = 'rtbench: Could not write to standard output: no space left on device\n';
      expect({ code, stderr }).toEqual({ code: 1, stderr: says });
    },
  );

  test('that takes a part of standard output has not taken it', () => {
    const { code, stderr } = limited(REPORT, '--json > half.json');
    const says = 'rtbench: Could not write to standard output: file too large\n';
    expect({ code, stderr }).toEqual({ code: 1, stderr: says });
  });

  test('leaves what was there; what fits is written all the same, and the message names what did not', () => {
    writeFileSync(join(folder, 'big.json'), 'old');
    const { code, stdout, stderr } = limited(REPORT, '--out small.csv --out big.json --out later.md');
    expect({ code, lines: stdout.split('\n').length > 5 }).toEqual({ code: 1, lines: true });
    expect(stderr).toMatch(/^rtbench: Could not write \S*big\.json: file too large\n$/);
    expect(readdirSync(folder).sort()).toEqual(['big.json', 'later.md', 'small.csv']);
    expect(readFileSync(join(folder, 'big.json'), 'utf8')).toBe('old');
  });

  test('of its own, that fills up while a file is written', ({ skip }) => {
    const own = ['--user', '--map-root-user', '--mount'];
    skip(
      spawnSync('unshare', [...own, 'mount', '-t', 'tmpfs', 'none', folder]).status !== 0,
      'no namespaces',
    );
    const script = `mount -t tmpfs -o size=100k none . && cd "$PWD" && { ${REPORT} --out a.csv --out b.json 2>&1 >/dev/null; echo $?; ls -A; }`;
    const args = [...own, 'sh', '-c', script, process.execPath, BIN, saved];
    const told = execFileSync('unshare', args, { cwd: folder, encoding: 'utf8' });
    expect(told).toMatch(/^rtbench: Could not write b\.json: no space left on device\n1\na\.csv\n$/);
  });
});

/** A signal that comes just as a file is being written. */
const SIGNALLED = `
  import fs from 'node:fs';
  import { syncBuiltinESMExports } from 'node:module';
  const { writeFileSync } = fs;
  fs.writeFileSync = (path, text, options) => {
    writeFileSync(path, text.slice(0, 10), options);
    if (text.length > 0) process.kill(process.pid, process.env.SIGNAL);
    writeFileSync(path, text);
  };
  syncBuiltinESMExports();`;

test.each(['SIGINT', 'SIGTERM'])(
  '%s while a file is written leaves it whole, and nothing else',
  async (SIGNAL) => {
    const NODE_OPTIONS = `--import=data:text/javascript,${encodeURIComponent(SIGNALLED)}`;
    const out = ['one.json', 'two.json'].flatMap((name) => ['--out', join(folder, name)]);
    const { code, stderr } = await rtbench(['report', saved, ...out], { SIGNAL, NODE_OPTIONS });
    // It may come too late to be heard.
    expect([0, 130]).toContain(code);
    expect(stderr).toBe('');
    const files = readdirSync(folder);
    expect(files).toContain('one.json');
    for (const name of files) expect(readFileSync(join(folder, name), 'utf8'), name).toBe(text);
  },
);

test('a reader that has had enough ends nothing but itself: 0, and quiet', async () => {
  const command = spawn(process.execPath, [BIN, 'report', saved, '--json', '--out', join(folder, 'a.csv')]);
  let stderr = '';
  command.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk;
  });
  command.stdout.once('data', () => command.stdout.destroy());
  const [code] = await once(command, 'close');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(readdirSync(folder)).toEqual(['a.csv']);
});

test('a slow reader gets all of a large result', async () => {
  const command = spawn(process.execPath, [BIN, 'report', saved, '--json']);
  command.stdout.setEncoding('utf8');
  let read = '';
  for await (const chunk of command.stdout) {
    read += chunk;
    await nextTurn();
  }
  expect(read).toBe(text);
});
