import { compileFunction } from 'node:vm';
import { build, transform } from 'esbuild';
import { noticesOf } from '../build/notices.ts';
import { dividedRoles } from '../build/sources.ts';
import { PARAMETERS } from './layout.ts';

/** The code of all roles with every package in it, in parts that ask for each other when they are needed. */
export interface Code {
  /** By the name under which it is asked for. */
  readonly parts: ReadonlyMap<string, string>;
  /** What begins; it loads the parts. */
  readonly entry: string;
  /** The licences of the packages in it. */
  readonly notices: string;
}

const OUT = 'parts';

const common = {
  bundle: true,
  platform: 'node',
  target: 'node24',
  write: false,
  outdir: OUT,
  // There is no file to be named.
  define: { 'import.meta.url': 'undefined' },
} as const;

/** A stack's line is shown with what it points at: short lines, and the names that were written. */
const smaller = {
  minifyWhitespace: true,
  minifySyntax: true,
  lineLimit: 200,
  charset: 'ascii',
  legalComments: 'none',
} as const;

/** Bundles the code of the executable. */
export async function bundleCode(): Promise<Code> {
  const bundle = await build({ ...dividedRoles, ...common });
  const parts = new Map<string, string>();
  for (const { path, text } of bundle.outputFiles) parts.set(`./${nameIn(path)}`, await asCommonJs(text));
  const entry = await build({
    ...common,
    ...smaller,
    entryPoints: ['scripts/standalone/entry.ts'],
    format: 'cjs',
  });
  return { parts, entry: entry.outputFiles[0]?.text ?? '', notices: noticesOf([bundle.metafile]) };
}

/** What this machine's V8 makes of a part, so that it need not be done at each start. */
export function compiled(part: string): Buffer | undefined {
  return compileFunction(part, PARAMETERS, { produceCachedData: true }).cachedData;
}

/** esbuild divides only what are ES modules, and the executable can load only what are none. */
async function asCommonJs(part: string): Promise<string> {
  const { code } = await transform(part, {
    ...smaller,
    format: 'cjs',
    platform: 'node',
    target: 'node24',
    supported: { 'dynamic-import': false },
  });
  return code;
}

function nameIn(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
