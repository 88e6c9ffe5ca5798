import { readFileSync, writeFileSync } from 'node:fs';
import { reportJsonSchema } from '../src/report/index.ts';

/** Writes schema/report.schema.json from the code that reads reports; `--check` only says whether it is stale. */
const file = new URL('../schema/report.schema.json', import.meta.url);
const fresh = `${JSON.stringify(reportJsonSchema(), null, 2)}\n`;

if (!process.argv.includes('--check')) {
  writeFileSync(file, fresh);
} else if (readCurrent() !== fresh) {
  process.stderr.write('schema/report.schema.json is stale: run `node scripts/schema.ts`\n');
  process.exitCode = 1;
}

function readCurrent(): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
