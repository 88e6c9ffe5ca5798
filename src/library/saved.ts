import { plainLook } from '../cli/look.ts';
import { chooseFormat } from '../cli/output.ts';
import type { FormatName } from '../report/formats.ts';
import { readResult, readSaved } from '../report/index.ts';
import type { Result } from '../report/reading/saved.ts';

/** How wide a text may be, and which picture an svg is of. */
export interface WriteOptions {
  readonly columns?: number;
  readonly chart?: string;
}

/** The result in a text that `--json` or `--out` wrote, checked field by field; its `schema` tells which one it is. */
export function read(text: string): Result {
  return readResult(text);
}

/** A result as text, in any format that `rtbench report --format` knows for it. */
export async function write(result: Result, format: FormatName, options: WriteOptions = {}): Promise<string> {
  const writers = readSaved(JSON.stringify(result));
  return chooseFormat('the format', format, writers)(undefined, { ...plainLook, ...options });
}
