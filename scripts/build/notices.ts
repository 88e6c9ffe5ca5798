import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Metafile } from 'esbuild';

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license?: string;
  /** As it was written once. */
  readonly licenses?: readonly { readonly type: string }[];
  readonly author?: string | { readonly name: string };
}

const LICENCE_FILE = /^(licen[cs]e|copying)(-[a-z]+)?(\.(md|txt))?$/i;

/** The licences of all the packages that stand in bundles; throws where one has none. */
export function noticesOf(metafiles: readonly Metafile[]): string {
  const folders = new Set(metafiles.flatMap(({ inputs }) => Object.keys(inputs).flatMap(packageOf)));
  const notices = [...folders].map(noticeOf).toSorted((a, b) => a.head.localeCompare(b.head));
  // Many packages have the very same text.
  const groups = Map.groupBy(notices, ({ text }) => text.replaceAll(/\s+/g, ' '));
  const sections = [...groups.values()].map((those) => {
    const heads = new Set(those.map(({ head }) => head));
    return `## ${[...heads].join(', ')}\n\n${those[0]?.text}`;
  });
  return `rtbench holds code of these packages.\n\n${sections.join('\n')}`;
}

/** The folder of the package that a bundled file is from; none for a file of ours. */
function packageOf(input: string): string[] {
  return /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input) ?? [];
}

interface Notice {
  readonly head: string;
  readonly text: string;
}

function noticeOf(folder: string): Notice {
  const manifest: Manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const { name, version, licenses, license = licenses?.[0]?.type } = manifest;
  if (license === undefined) throw new Error(`${name} ${version} is bundled and names no licence`);
  const [file] = readdirSync(folder).filter((file) => LICENCE_FILE.test(file));
  const text = file === undefined ? standardText(manifest) : readFileSync(join(folder, file), 'utf8');
  const notice = join(folder, 'NOTICE');
  const further = existsSync(notice) ? `\n${readFileSync(notice, 'utf8').trim()}\n` : '';
  return {
    head: `${name} ${version} (${license})`,
    text: `${text.trim().replaceAll('\r\n', '\n')}\n${further}`,
  };
}

/** The words of a licence that a package names and does not bring along. */
function standardText({ name, version, license, author = `the authors of ${name}` }: Manifest): string {
  // It is the same for whoever uses it.
  if (license === 'Apache-2.0') return readFileSync('node_modules/mongodb/LICENSE.md', 'utf8');
  if (license !== 'MIT') throw new Error(`${name} ${version} is bundled without the text of its licence`);
  const holder = typeof author === 'string' ? author : author.name;
  return readFileSync('LICENSE', 'utf8').replace(/^Copyright .*$/m, `Copyright (c) ${holder}`);
}
