import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Assets } from './assets.ts';

/** By this Node knows that something was put into it. */
const FUSE = 'NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2';

/** Puts the program into a copy of Node, which by that becomes the executable. */
export function seal(executable: string, entry: string, assets: Assets, folder: string): void {
  const keep = (name: string, content: Uint8Array | string) => {
    const file = join(folder, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
    return name;
  };
  const config = {
    main: keep('entry.cjs', entry),
    output: 'blob',
    disableExperimentalSEAWarning: true,
    // NODE_OPTIONS are meant for programs that people know to be Node.
    execArgvExtension: 'none',
    assets: Object.fromEntries(
      [...assets].map(([name, content]) => [name, keep(join('assets', name), content)]),
    ),
  };
  // Run in that folder: the names of its files end up in the executable.
  run(folder, process.execPath, '--experimental-sea-config', keep('config.json', JSON.stringify(config)));
  const fuse = ['--sentinel-fuse', FUSE, '--macho-segment-name', 'NODE_SEA'];
  run('.', 'postject', executable, 'NODE_SEA_BLOB', join(folder, 'blob'), ...fuse);
}

/** Without what they say: postject warns of what is as it should be, and what fails throws. */
function run(cwd: string, program: string, ...args: string[]): void {
  execFileSync(program, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
}
