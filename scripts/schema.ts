import { readFileSync, writeFileSync } from 'node:fs';
import { capacityJsonSchema, reportJsonSchema } from '../src/report/index.ts';

/** Writes schema/*.schema.json from the code that reads them; `--check` only says which are stale. */
const SCHEMAS = { report: reportJsonSchema, capacity: capacityJsonSchema };

for (const [name, make] of Object.entries(SCHEMAS)) {
  const file = new URL(`../schema/${name}.schema.json`, import.meta.url);
  const fresh = `${JSON.stringify(make(), null, 2)}\n`;
  if (!process.argv.includes('--check')) {
    writeFileSync(file, fresh);
  } else if (readCurrent(file) !== fresh) {
    process.stderr.write(`schema/${name}.schema.json is stale: run \`node scripts/schema.ts\`\n`);
    process.exitCode = 1;
  }
}

function readCurrent(file: URL): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
