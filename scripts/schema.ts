import { readFileSync, writeFileSync } from 'node:fs';
import { scenarioJsonSchema } from '../src/plan/scenario/schema.ts';
import {
  adviceJsonSchema,
  capacityJsonSchema,
  fallbackJsonSchema,
  reportJsonSchema,
  sweepJsonSchema,
  traceJsonSchema,
} from '../src/report/index.ts';

/** Writes the published schemas from the code that reads what they describe; `--check` only says which are stale. */
const schemas = {
  report: reportJsonSchema,
  sweep: sweepJsonSchema,
  advice: adviceJsonSchema,
  capacity: capacityJsonSchema,
  fallback: fallbackJsonSchema,
  trace: traceJsonSchema,
  scenario: scenarioJsonSchema,
};

for (const [name, make] of Object.entries(schemas)) {
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
