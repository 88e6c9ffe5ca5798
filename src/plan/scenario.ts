import { type Document, isMap, isScalar, LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import { messageOf, RtbenchError } from '../errors.ts';
import { APPLICATION_NAMES, type ApplicationName } from '../measurements.ts';
import { fields, type Setting, type Settings } from './fields/index.ts';
import { readSettings, settingNames } from './settings.ts';
import { expected, shown, suggestion } from './wording.ts';

/** A scenario as its file says it; what the file leaves out is absent from `settings`. */
export interface Scenario {
  readonly name: string;
  readonly summary: string;
  readonly application: ApplicationName;
  readonly settings: Partial<Settings>;
}

// A scenario has no use for aliases beyond a repeated value; more is an attempt to exhaust memory.
const MAX_ALIASES = 20;

const NAME = 'a short name of lower-case letters, digits and dashes';
const SUMMARY = 'a sentence of at most 200 characters';

// The messages are what a value is expected to be; ranges are checked where options are, by `readSettings`.
const settingsSchema = z.object(
  Object.fromEntries(
    settingNames.map((setting) => [fields[setting].option, scalar(fields[setting].expected)]),
  ),
);
const schema = z.strictObject({
  name: z.string(NAME).regex(/^[a-z][a-z0-9-]{0,40}$/, NAME),
  summary: z.string(SUMMARY).min(1, SUMMARY).max(200, SUMMARY),
  application: z.enum(APPLICATION_NAMES, `one of ${APPLICATION_NAMES.join(', ')}`),
  ...settingsSchema.shape,
});

/** Reads a scenario file's text; errors name the file, the line and the field. */
export function readScenario(text: string, file: string): Scenario {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const [broken] = document.errors;
  if (broken) throw unreadable(file, lines.linePos(broken.pos[0]).line, broken.message);
  const content = plain(document, file);
  const place = (key: string) => `\`${shown(key)}\` (${file}${lineOf(document, lines, key)})`;

  const parsed = schema.safeParse(content);
  if (!parsed.success) throw refusal(parsed.error, content, file, place);
  const { name, summary, application } = parsed.data;
  const values = settingsSchema.parse(content);
  const written: Partial<Record<Setting, string>> = {};
  for (const setting of settingNames) {
    const value = values[fields[setting].option];
    if (value !== undefined) written[setting] = value;
  }
  return { name, summary, application, settings: readSettings(written, (field) => place(field.option)) };
}

function scalar(expectedText: string) {
  return z.union([z.string(), z.number(), z.boolean()], expectedText).transform(String).optional();
}

function plain(document: Document, file: string): unknown {
  try {
    return document.toJS({ maxAliasCount: MAX_ALIASES });
  } catch (thrown) {
    throw unreadable(file, 1, messageOf(thrown));
  }
}

function unreadable(file: string, line: number, why: string): RtbenchError {
  return new RtbenchError('usage', `Expected ${file} to be YAML; line ${line}: ${shown(why)}`);
}

function refusal(
  { issues: [issue] }: z.ZodError,
  content: unknown,
  file: string,
  place: (key: string) => string,
): RtbenchError {
  if (issue?.code === 'unrecognized_keys') {
    const key = issue.keys[0] ?? '';
    const near = suggestion(key, Object.keys(schema.shape));
    return new RtbenchError('usage', `Unknown field ${place(key)}${near}`);
  }
  const key = String(issue?.path[0] ?? '');
  if (key === '') return new RtbenchError('usage', `Expected ${file} to be a list of \`field: value\` lines`);
  const value = new Map(Object.entries(content ?? {})).get(key);
  const got = value === undefined ? 'nothing' : typeof value === 'string' ? value : JSON.stringify(value);
  return expected(place(key), issue?.message ?? '', got);
}

/** `, line 7` for a field in the file; empty where the file has no such field. */
function lineOf(document: Document, lines: LineCounter, key: string): string {
  if (!isMap(document.contents)) return '';
  const node = document.contents.items
    .map((pair) => pair.key)
    .find((name) => isScalar(name) && name.value === key);
  return isScalar(node) && node.range ? `, line ${lines.linePos(node.range[0]).line}` : '';
}
