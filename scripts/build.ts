import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type BuildOptions, build } from 'esbuild';
import { roles } from '../bin/roles.js';
import { threads } from '../src/own/thread.ts';
import { writeDeclarations } from './build/declarations.ts';
import { noticesOf } from './build/notices.ts';
import { buildPage } from './build/page.ts';
import { thirdPartySmall } from './build/third-party.ts';

/** Bundles what the package runs into dist: roles and library share their parts, a thread is one file by itself. */
const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8'));

rmSync('dist', { recursive: true, force: true });

const inSrc = (sources: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(sources).map(([name, source]) => [name, `src/${source}.ts`]));

const common = {
  outdir: 'dist',
  bundle: true,
  platform: 'node',
  target: 'node22.12',
  minifySyntax: true,
  minifyWhitespace: true,
  charset: 'utf8',
  legalComments: 'none',
  metafile: true,
  plugins: [thirdPartySmall],
  // Node's own is the same, and brings no tables of a third of a megabyte.
  alias: { 'whatwg-url': 'node:url' },
} satisfies BuildOptions;

const program = await build({
  ...common,
  entryPoints: inSrc({ ...roles, index: 'index' }),
  format: 'esm',
  splitting: true,
  chunkNames: 'part-[hash]',
  external: Object.keys(dependencies),
  // What was written as CommonJS asks for Node's own modules by `require`.
  banner: {
    js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);",
  },
});
// The executable starts a thread from its text, and that is read as CommonJS.
const apart = await build({
  ...common,
  entryPoints: inSrc(threads),
  format: 'cjs',
  outExtension: { '.js': '.cjs' },
});

const page = await buildPage('dist/assets');

writeFileSync('dist/THIRD-PARTY.txt', noticesOf([program.metafile, apart.metafile, page]));
writeDeclarations('dist');
