import type { z } from 'zod';
import { RtbenchError } from '../../errors.ts';
import { aliases, transports } from '../../transports/index.ts';
import { faultParts } from '../fields/faults.ts';
import { fields } from '../fields/index.ts';
import { phaseParts } from '../fields/phases.ts';
import { transportSettings } from '../transport-options.ts';
import { expected, suggestion } from '../wording.ts';
import type { ScenarioDocument } from './document.ts';
import { scenarioSchema } from './schema.ts';

type Issue = z.core.$ZodIssue;

/** The one line for the first thing that is wrong with a scenario file's content. */
export function refusal(error: z.ZodError, { content, place }: ScenarioDocument, file: string): RtbenchError {
  const [first] = error.issues;
  const issue = first === undefined ? undefined : deepest(first);
  const path = issue?.path ?? [];
  if (issue?.code === 'unrecognized_keys') {
    const key = issue.keys[0] ?? '';
    return new RtbenchError(
      'usage',
      `Unknown field ${place([...path, key])}${suggestion(key, fieldsOf(path))}`,
    );
  }
  const subject = path.length === 0 ? file : place(path);
  return expected(subject, issue?.message ?? '', written(valueAt(content, path)));
}

/** Of what each branch of a choice misses, that which lies deepest: there is what was meant. */
function deepest(issue: Issue): Issue {
  if (issue.code !== 'invalid_union') return issue;
  const inner = issue.errors
    .map(([first]) => first)
    .filter((first) => first !== undefined && first.path.length > 0);
  const [found] = inner;
  return found === undefined ? issue : deepest({ ...found, path: [...issue.path, ...found.path] });
}

/** The fields that there are at a place. */
function fieldsOf(path: readonly PropertyKey[]): string[] {
  const [root, transport] = path;
  if (root === undefined) return Object.keys(scenarioSchema.shape);
  if (root === 'faults') return Object.keys(faultParts);
  if (root === 'phases') return ['name', ...Object.keys(phaseParts)];
  if (transport === undefined) return [...transports.map(({ name }) => name), ...Object.keys(aliases)];
  return transportSettings.map((setting) => fields[setting].option);
}

function valueAt(content: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, step) => (typeof value === 'object' && value !== null ? Reflect.get(value, step) : undefined),
    content,
  );
}

function written(value: unknown): string {
  if (value === undefined) return 'nothing';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
