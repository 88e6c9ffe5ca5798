import type { z } from 'zod';
import { messageOf, RtbenchError } from '../../errors.ts';
import type { Report, Round } from '../../measurements.ts';
import { decodeHistogram } from '../../stats/index.ts';
import { reportSchema, SCHEMA_NAME } from '../schema/index.ts';
import { clean, cut } from '../words/text.ts';

/** The report in a text, checked field by field; the error names the first that is wrong. */
export function readReport(text: string): Report {
  const found = parse(text);
  const version = versionOf(found);
  if (version !== SCHEMA_NAME) throw unknownVersion(version, [SCHEMA_NAME]);
  return check(found, reportSchema, ({ rounds }) => rounds);
}

/** The schema that a parsed text names. */
export function versionOf(found: unknown): unknown {
  return typeof found === 'object' && found !== null && 'schema' in found ? found.schema : undefined;
}

/** That a text names another schema than the ones that are read. */
export function unknownVersion(version: unknown, known: readonly string[]): RtbenchError {
  return malformed(
    `its schema is ${shown(version)}, and this rtbench reads ${known.map((name) => shown(name)).join(', ')}`,
  );
}

/** A parsed text as what the schema says, the histograms in it included. */
export function check<Result>(
  found: unknown,
  schema: z.ZodType<Result>,
  roundsOf: (result: Result) => readonly Round[],
): Result {
  const checked = schema.safeParse(found);
  if (!checked.success) {
    const [issue] = checked.error.issues;
    throw malformed(
      `${pathOf(issue?.path ?? [])}: ${reasonOf(issue?.message ?? 'not as expected')}`,
      checked.error,
    );
  }
  checkHistograms(roundsOf(checked.data));
  return checked.data;
}

/** The JSON in a text. */
export function parse(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (cause) {
    throw malformed(
      text.trim() === '' ? 'it is empty' : `it is not JSON (${clean(messageOf(cause))})`,
      cause,
    );
  }
}

function checkHistograms(rounds: readonly Round[]): void {
  for (const [index, round] of rounds.entries()) {
    const { latency, crowdLatency, phases } = round;
    const histograms = [
      ['latency', latency] as const,
      ['crowdLatency', crowdLatency] as const,
      ...phases.map((phase, at) => [`phases[${at}].latency`, phase.latency] as const),
    ];
    for (const [key, { hdr }] of histograms) {
      try {
        decodeHistogram(hdr);
      } catch (cause) {
        throw malformed(`rounds[${index}].${key}.hdr: ${messageOf(cause)}`, cause);
      }
    }
  }
}

function malformed(why: string, cause?: unknown): RtbenchError {
  return new RtbenchError('report', `Expected a report written by rtbench, but ${why}`, { cause });
}

function shown(value: unknown): string {
  return value === undefined ? 'missing' : `\`${cut(clean(String(JSON.stringify(value))), 60)}\``;
}

/** zod's sentence, in our words. */
function reasonOf(message: string): string {
  return clean(message)
    .replace(/^Invalid \w+: /, '')
    .replace('received undefined', 'but it is missing');
}

function pathOf(path: readonly PropertyKey[]): string {
  const steps = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${clean(String(step))}`));
  return steps.join('').replace(/^\./, '');
}
