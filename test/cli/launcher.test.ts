import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { BIN, rtbench } from '../rtbench.ts';

const folder = mkdtempSync(join(tmpdir(), 'rtbench-launcher-'));
afterAll(() => rmSync(folder, { recursive: true }));

const claim = (version: string) =>
  `--import=data:text/javascript,${encodeURIComponent(
    `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '${version}' } })`,
  )}`;

test.each(['18.19.0', '20.20.2', '22.11.0'])('Node %s is refused in one line', async (version) => {
  const { code, stdout, stderr } = await rtbench(['--version'], { NODE_OPTIONS: claim(version) });
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toBe(`rtbench: needs Node 22.12 or newer, and this is Node ${version}.\n`);
});

test.each(['22.12.0', '24.0.0'])('Node %s is not', async (version) => {
  expect((await rtbench(['--version'], { NODE_OPTIONS: claim(version) })).code).toBe(0);
});

function launch(bin: string, role = ''): string {
  const env = { ...process.env, RTBENCH_ROLE: role };
  return execFileSync(process.execPath, [bin], { env, encoding: 'utf8' });
}

/** A package of our shape whose two programs say which one they are. */
function install(root: string): string {
  mkdirSync(join(root, 'bin'), { recursive: true });
  cpSync(dirname(BIN), join(root, 'bin'), { recursive: true });
  writeFileSync(join(root, 'package.json'), '{"type":"module"}');
  const programs = {
    'src/cli/start.ts': `export const main = (): void => console.log('sources');`,
    'dist/cli.js': `export const main = () => console.log('built');`,
    'dist/server.js': `export const serve = () => console.log('server');`,
  };
  for (const [file, content] of Object.entries(programs)) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), content);
  }
  return join(root, 'bin/rtbench.js');
}

test('what was built is run, in the role it is given; the sources where nothing was built yet', () => {
  const installed = install(join(folder, 'node_modules/rtbench'));
  expect(launch(installed)).toBe('built\n');
  expect(launch(installed, 'server')).toBe('server\n');
  const checkout = install(join(folder, 'checkout'));
  rmSync(join(folder, 'checkout/dist'), { recursive: true });
  expect(launch(checkout)).toBe('sources\n');
});
