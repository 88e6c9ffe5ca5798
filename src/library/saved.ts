import { plainLook } from '../cli/look.ts';
import { chooseFormat } from '../cli/output.ts';
import { readSaved } from '../report/index.ts';
import type { FormatName, Result, TextFormat } from '../report/writer.ts';

/** How wide a text may be, and which picture an svg is of. */
export interface WriteOptions {
  readonly columns?: number;
  readonly chart?: string;
}

/** The result in a text that `--json` or `--out` wrote, checked field by field; its `schema` tells which one it is. */
export function read(text: string): Result {
  return readSaved(text).result;
}

/** A result in any format that `rtbench report --format` knows for it; a capture is bytes, the others are text. */
export function write(result: Result, format: 'pcapng', options?: WriteOptions): Promise<Uint8Array>;
export function write(result: Result, format: TextFormat, options?: WriteOptions): Promise<string>;
export async function write(
  result: Result,
  format: FormatName,
  options: WriteOptions = {},
): Promise<string | Uint8Array> {
  const writers = readSaved(JSON.stringify(result)).formats;
  return chooseFormat('the format', format, writers)(undefined, { ...plainLook, ...options });
}
