import { readFile } from 'node:fs/promises';
import { type Plugin, transform } from 'esbuild';

/** Whose errors are called by the names of their classes, which reports quote. */
const BY_CLASS = /redis/;

/** Makes other people's code small, names included. Ours keeps its names, so that a stack trace tells something. */
export const thirdPartySmall: Plugin = {
  name: 'third-party-small',
  setup({ onLoad }) {
    onLoad({ filter: /node_modules.*\.[cm]?js$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8');
      const format = /^(import|export)\b/m.test(text) ? 'esm' : 'cjs';
      // Without a format the names at the top of a file stay.
      const named = BY_CLASS.test(path) ? {} : ({ format } as const);
      const { code } = await transform(text, { ...named, minify: true, charset: 'utf8' });
      return { contents: code };
    });
  },
};
