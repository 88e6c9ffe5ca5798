import { readFile } from 'node:fs/promises';
import { type Plugin, transform } from 'esbuild';

/** Makes other people's code small, names within functions included. Ours keeps all names, so that a stack trace tells something. */
export const thirdPartySmall: Plugin = {
  name: 'third-party-small',
  setup({ onLoad }) {
    onLoad({ filter: /node_modules.*\.[cm]?js$/ }, async ({ path }) => {
      // Without a format the names at the top stay: those of classes, which errors are called by, are among them.
      const { code } = await transform(await readFile(path, 'utf8'), { minify: true, charset: 'utf8' });
      return { contents: code };
    });
  },
};
