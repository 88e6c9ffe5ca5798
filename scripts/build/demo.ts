import { copyFileSync, writeFileSync } from 'node:fs';
import { brotliCompressSync } from 'node:zlib';
import { build, type Metafile } from 'esbuild';
import { forPages } from './page.ts';

const SOURCES = 'src/browser/demo';

/** Bundles the page of a demo, which its server serves in three files; answers with what is in them. */
export async function buildDemo(outdir: string): Promise<Metafile> {
  const common = { ...forPages, outdir };
  copyFileSync(`${SOURCES}/demo.html`, `${outdir}/demo.html`);
  await build({ ...common, entryPoints: { demo: `${SOURCES}/style/demo.css` } });
  const script = await build({ ...common, entryPoints: { demo: `${SOURCES}/demo.ts` }, write: false });
  // Packed, as most of it is socket.io's.
  for (const { contents } of script.outputFiles) {
    writeFileSync(`${outdir}/demo.js.br`, brotliCompressSync(contents));
  }
  return script.metafile;
}
