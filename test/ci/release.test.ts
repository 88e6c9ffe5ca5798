import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { plainLook } from '../../src/cli/look.ts';
import { formats } from '../../src/report/index.ts';
import { sampleReport } from '../report/sample.ts';
import { eachOnItsOwn, type Runner } from './scripts.ts';

const ROOT = join(import.meta.dirname, '../..');
let runner: Runner;
eachOnItsOwn((own) => {
  runner = own;
});

/** A package of version 1.2.3 with what changed in it. */
function asPackage(): void {
  runner.write('package.json', '{ "version": "1.2.3" }');
  runner.write('CHANGELOG.md', '# Changelog\n\n## 1.2.3\n\n- New.\n\n## 1.2.2\n\n- Old.\n');
}

describe('the package', () => {
  it('is packed, installed into an empty folder, and runs there', async () => {
    // What npm would fetch from its registry is linked.
    runner.fake(
      'npm',
      `shift; mkdir -p node_modules/.bin; tar xzf "\${!#}" -C node_modules && mv node_modules/package node_modules/rtbench
       for one in ${join(ROOT, 'node_modules')}/*; do ln -sfn "$one" "node_modules/\${one##*/}" 2>/dev/null || true; done
       ln -s ../rtbench/bin/rtbench.js node_modules/.bin/rtbench`,
    );
    mkdirSync(runner.path('package'));
    execFileSync('npm', ['pack', '--ignore-scripts', '--pack-destination', runner.path('package')], {
      cwd: ROOT,
      stdio: 'ignore',
    });
    const { code, stdout, stderr } = await runner.run('try-package.sh', {
      FOLDER: 'package',
      RTBENCH_ARGS: '--transports longpoll --duration 200ms --clients 4 --warmup 0 --isolate off',
    });
    // npm may have something to say of its own settings.
    expect(stderr.replace(/^npm warn .*\n/gm, '')).toBe('');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^\| *longpoll /m);
    expect(runner.calls()[0]?.at(-1)).toMatch(/\/package\/rtbench-.*\.tgz$/);
  });

  it('is packed into the folder that is asked for', async () => {
    runner.fake('npm');
    expect((await runner.run('pack.sh', { FOLDER: 'package' })).code).toBe(0);
    expect(runner.calls()).toEqual([['npm', 'pack', '--pack-destination', 'package']]);
    expect(existsSync(runner.path('package'))).toBe(true);
  });

  it('is published once', async () => {
    asPackage();
    runner.fake('npm', '[ "$1" != view ] || exit 1');
    expect((await runner.run('release-npm.sh')).code).toBe(0);
    expect(runner.calls().at(-1)).toEqual(['npm', 'publish', '--provenance', '--access', 'public']);
    runner.fake('npm', '[ "$1" != view ] || echo 1.2.3');
    const again = await runner.run('release-npm.sh');
    expect(again).toMatchObject({ code: 0, stdout: '::notice::rtbench 1.2.3 is published already\n' });
    expect(runner.calls()).toHaveLength(1);
  });
});

describe('a tag', () => {
  it('is that of the package, and the changelog tells of it', async () => {
    asPackage();
    expect((await runner.run('release-check.sh', { TAG: 'v1.2.3' })).code).toBe(0);
    const other = await runner.run('release-check.sh', { TAG: 'v1.2.4' });
    expect(other).toMatchObject({ code: 1, stdout: '::error::The tag is v1.2.4 and the package is 1.2.3\n' });
    runner.write('CHANGELOG.md', '# Changelog\n\n## 1.2.30\n');
    expect((await runner.run('release-check.sh', { TAG: 'v1.2.3' })).stdout).toMatch(/^::error::CHANGELOG/);
  });
});

describe('the release', () => {
  it('has an archive of each executable, and their sums', async () => {
    runner.fake(
      'npm',
      'mkdir build; for one in linux-x64 macos-arm64 windows-x64.exe; do echo $one >build/rtbench-$one; done',
    );
    runner.fake('zip', 'cp "$3" "$2"');
    expect(await runner.run('release-executables.sh', { FOLDER: 'release' })).toMatchObject({
      code: 0,
      stderr: '',
    });
    expect(runner.calls()[0]).toEqual(['npm', 'run', 'build:standalone', '--', '--target', 'all']);
    const archives = ['rtbench-linux-x64.tar.xz', 'rtbench-macos-arm64.tar.xz', 'rtbench-windows-x64.zip'];
    expect(readdirSync(runner.path('release'))).toEqual(['SHA256SUMS', ...archives]);
    const checked = execFileSync('sha256sum', ['--check', 'SHA256SUMS'], {
      cwd: runner.path('release'),
      encoding: 'utf8',
    });
    expect(checked).toBe(archives.map((archive) => `${archive}: OK\n`).join(''));
  });

  it('is made in the words of the changelog, and made good where it is there already', async () => {
    asPackage();
    mkdirSync(runner.path('release'));
    runner.write('release/SHA256SUMS', '');
    const gh = 'while [ $# -gt 0 ]; do [ "$1" != --notes-file ] || cp "$2" "$RUNNER_TEMP/notes"; shift; done';
    runner.fake('gh', `[ "$2" != view ] || exit 1; ${gh}`);
    const env = { TAG: 'v1.2.3', FOLDER: 'release' };
    expect((await runner.run('release-github.sh', env)).code).toBe(0);
    const [, created = []] = runner.calls();
    expect(created.slice(0, 5)).toEqual(['gh', 'release', 'create', 'v1.2.3', 'release/SHA256SUMS']);
    expect(runner.read('notes').trim()).toBe('- New.');
    runner.fake('gh');
    expect((await runner.run('release-github.sh', env)).code).toBe(0);
    expect(runner.calls().at(-1)?.slice(0, 3)).toEqual(['gh', 'release', 'upload']);
  });
});

describe('publish-results.sh', () => {
  it('leaves what is there where a transport has no valid round', async () => {
    const report = sampleReport({ change: (round) => ({ ...round, valid: round.transport !== 'polling' }) });
    const env = { REPORT: runner.write('report.json', formats.json(report, plainLook)), BRANCH: 'main' };
    expect(await runner.run('publish-results.sh', env)).toMatchObject({
      code: 0,
      stdout: '::notice::Not published: a transport has no valid round\n',
    });
  });

  const git = (cwd: string, ...args: readonly string[]) =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...args], {
      cwd,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });

  it('commits what is new and pushes it, also where somebody was quicker', async () => {
    const [origin, here, elsewhere] = ['origin', 'here', 'elsewhere'].map((name) => runner.path(name));
    if (origin === undefined || here === undefined || elsewhere === undefined) throw new Error('no folders');
    git(runner.folder, 'init', '--quiet', '--bare', '--initial-branch', 'main', origin);
    git(runner.folder, 'clone', '--quiet', origin, elsewhere);
    const commit = (name: string) => {
      copyFileSync(runner.write(name, name), join(elsewhere, name));
      git(elsewhere, 'add', '.');
      git(elsewhere, 'commit', '--quiet', '-m', name);
      git(elsewhere, 'push', '--quiet', 'origin', 'HEAD:main');
    };
    commit('first');
    git(runner.folder, 'clone', '--quiet', origin, here);
    commit('second');
    runner.write('report.json', formats.json(sampleReport(), plainLook));
    const env = { REPORT: runner.path('report.json'), BRANCH: 'main' };
    expect((await runner.run('publish-results.sh', env, here)).code).toBe(0);
    expect(git(origin, 'log', '--format=%an: %s', 'main').split('\n').slice(0, 3)).toEqual([
      'github-actions[bot]: Results of 012345678 [skip ci]',
      'a: second',
      'a: first',
    ]);
    const tree = git(origin, 'ls-tree', '-r', '--name-only', 'main').split('\n');
    expect(tree).toContain('results/latest/report.json');
    expect(tree.filter((name) => name.startsWith('results/latest/') && name.endsWith('.html'))).toEqual([]);
    const again = await runner.run('publish-results.sh', env, here);
    expect(again).toMatchObject({ code: 0, stdout: expect.stringContaining('::notice::The results are') });
  });
});
