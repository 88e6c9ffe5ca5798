import { roundsOf as roundsOfAdvice } from '../advice/page.ts';
import {
  adviceFormats,
  capacityFormats,
  type Formats,
  fallbackFormats,
  formats,
  formatsOf,
  sweepFormats,
} from '../formats.ts';
import { adviceSchema } from '../schema/advice.ts';
import { capacitySchema } from '../schema/capacity.ts';
import { fallbackSchema } from '../schema/fallback.ts';
import { reportSchema, SCHEMA_NAME } from '../schema/index.ts';
import { sweepSchema } from '../schema/sweep.ts';
import { roundsOf as roundsOfSweep } from '../sweep/page.ts';
import { check, parse, unknownVersion, versionOf } from './report.ts';

/** A result that was read, and every way to write it. */
export type Saved = Formats<undefined>;

const kinds: Readonly<Record<string, (found: unknown) => Saved>> = {
  [SCHEMA_NAME]: (found) =>
    formatsOf(
      check(found, reportSchema, ({ rounds }) => rounds),
      formats,
    ),
  'rtbench/sweep@1': (found) => formatsOf(check(found, sweepSchema, roundsOfSweep), sweepFormats),
  'rtbench/capacity@1': (found) =>
    formatsOf(
      check(found, capacitySchema, () => []),
      capacityFormats,
    ),
  'rtbench/fallback@1': (found) =>
    formatsOf(
      check(found, fallbackSchema, () => []),
      fallbackFormats,
    ),
  'rtbench/advice@1': (found) => formatsOf(check(found, adviceSchema, roundsOfAdvice), adviceFormats),
};

/** The result in a text, of whichever command; the error names the first field that is wrong. */
export function readSaved(text: string): Saved {
  const found = parse(text);
  const version = versionOf(found);
  const kind = typeof version === 'string' && Object.hasOwn(kinds, version) ? kinds[version] : undefined;
  if (kind === undefined) throw unknownVersion(version, Object.keys(kinds));
  return kind(found);
}
