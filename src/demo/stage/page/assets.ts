import { brotliDecompressSync } from 'node:zlib';
import { ownBytes } from '../../../own/files.ts';

/** One thing that the stage serves, whole in memory: no path of a request ever names a file. */
export interface Asset {
  readonly type: string;
  readonly bytes: Uint8Array;
}

/** All that the stage serves, by path. */
export function readAssets(): ReadonlyMap<string, Asset> {
  return new Map([
    ['/', { type: 'text/html; charset=utf-8', bytes: ownBytes('dist/assets/demo.html') }],
    ['/demo.css', { type: 'text/css; charset=utf-8', bytes: ownBytes('dist/assets/demo.css') }],
    [
      '/demo.js',
      {
        type: 'text/javascript; charset=utf-8',
        bytes: brotliDecompressSync(ownBytes('dist/assets/demo.js.br')),
      },
    ],
  ]);
}
