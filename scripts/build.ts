import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type BuildOptions, build } from 'esbuild';
import { threads } from '../src/own/thread.ts';
import { writeDeclarations } from './build/declarations.ts';
import { buildDemo } from './build/demo.ts';
import { noticesOf } from './build/notices.ts';
import { buildPage } from './build/page.ts';
import { dividedRoles, inSrc } from './build/sources.ts';

/** Bundles what the package runs into dist: roles and library share their parts, a thread is one file by itself. */
const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8'));

rmSync('dist', { recursive: true, force: true });

const common = {
  outdir: 'dist',
  target: 'node22.12',
  minifySyntax: true,
  minifyWhitespace: true,
  minifyIdentifiers: true,
  charset: 'utf8',
  legalComments: 'none',
} satisfies BuildOptions;

const program = await build({
  ...dividedRoles,
  ...common,
  entryPoints: { ...dividedRoles.entryPoints, ...inSrc({ index: 'index' }) },
  external: Object.keys(dependencies),
  // What was written as CommonJS asks for Node's own modules by `require`.
  banner: {
    js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);",
  },
});
// The executable starts a thread from its text, and that is read as CommonJS.
const apart = await build({
  ...common,
  bundle: true,
  platform: 'node',
  metafile: true,
  entryPoints: inSrc(threads),
  format: 'cjs',
  outExtension: { '.js': '.cjs' },
});

const page = await buildPage('dist/assets');
const demo = await buildDemo('dist/assets');

writeFileSync('dist/THIRD-PARTY.txt', noticesOf([program.metafile, apart.metafile, page, demo]));
writeDeclarations('dist');
// For other tools, which mind no line breaks.
mkdirSync('dist/schema');
for (const name of readdirSync('schema')) {
  writeFileSync(`dist/schema/${name}`, JSON.stringify(JSON.parse(readFileSync(`schema/${name}`, 'utf8'))));
}
