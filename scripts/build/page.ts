import { readFileSync, writeFileSync } from 'node:fs';
import { brotliCompressSync } from 'node:zlib';
import { type BuildOptions, build, type Metafile } from 'esbuild';

const SOURCES = 'src/browser';

/** Bundles what a page brings along, into texts that are written into it; answers with what is in them. */
export async function buildPage(outdir: string): Promise<Metafile> {
  const common = {
    outdir,
    bundle: true,
    minify: true,
    format: 'iife',
    platform: 'browser',
    target: 'es2022',
    charset: 'utf8',
    legalComments: 'none',
    metafile: true,
  } satisfies BuildOptions;
  await build({
    ...common,
    entryPoints: {
      page: `${SOURCES}/report/page.ts`,
      report: `${SOURCES}/report/style/report.css`,
      trace: `${SOURCES}/trace/trace.ts`,
      'trace-style': `${SOURCES}/trace/trace.css`,
    },
  });
  const charts = await build({
    ...common,
    entryPoints: { charts: `${SOURCES}/report/charts.ts` },
    banner: { js: drawingNotice() },
    write: false,
  });
  // Packed: it would be a seventh of the whole package.
  for (const { contents } of charts.outputFiles) {
    writeFileSync(`${outdir}/charts.js.br`, brotliCompressSync(contents));
  }
  return charts.metafile;
}

/** The licences of what draws go where the drawing goes: into each page. */
function drawingNotice(): string {
  const texts = ['echarts/NOTICE', 'zrender/LICENSE'].map((path) =>
    readFileSync(`node_modules/${path}`, 'utf8').trim(),
  );
  const licence =
    'Licensed under the Apache License, Version 2.0: https://www.apache.org/licenses/LICENSE-2.0';
  return `/*!\n${texts[0]}\n${licence}\n\nzrender:\n${texts[1]}\n*/`;
}
