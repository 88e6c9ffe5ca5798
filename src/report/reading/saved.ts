import type { z } from 'zod';
import type { Advice } from '../../measurements/advice.ts';
import type { Sweep } from '../../measurements/sweep.ts';
import type { Capacity, Fallback, Report, Round } from '../../measurements.ts';
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
import { check, parse, unknownVersion, versionOf } from './report.ts';

/** What a command saves, told apart by its `schema`. */
export type Result = Report | Sweep | Capacity | Fallback | Advice;

/** A result that was read, and every way to write it. */
export type Saved = Formats<undefined>;

interface Kind {
  read(found: unknown): Result;
  saved(found: unknown): Saved;
}

const kinds: Readonly<Record<string, Kind>> = {
  [SCHEMA_NAME]: kind(reportSchema, ({ rounds }) => rounds, formats),
  'rtbench/sweep@1': kind(sweepSchema, ({ points }) => points.flatMap(({ rounds }) => rounds), sweepFormats),
  'rtbench/capacity@1': kind(capacitySchema, () => [], capacityFormats),
  'rtbench/fallback@1': kind(fallbackSchema, () => [], fallbackFormats),
  'rtbench/advice@1': kind(adviceSchema, ({ rounds }) => rounds, adviceFormats),
};

function kind<Subject extends Result>(
  schema: z.ZodType<Subject>,
  roundsOf: (result: Subject) => readonly Round[],
  writers: Formats<Subject>,
): Kind {
  const read = (found: unknown) => check(found, schema, roundsOf);
  return { read, saved: (found) => formatsOf(read(found), writers) };
}

/** The result in a text, of whichever command, with its ways to be written; the error names the first field that is wrong. */
export function readSaved(text: string): Saved {
  const found = parse(text);
  return kindOf(found).saved(found);
}

/** The same result as plain data. */
export function readResult(text: string): Result {
  const found = parse(text);
  return kindOf(found).read(found);
}

function kindOf(found: unknown): Kind {
  const version = versionOf(found);
  const known = typeof version === 'string' && Object.hasOwn(kinds, version) ? kinds[version] : undefined;
  if (known === undefined) throw unknownVersion(version, Object.keys(kinds));
  return known;
}
