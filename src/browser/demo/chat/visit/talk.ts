/** What was said, as newcomers get it too. */
export interface Line {
  readonly name: string;
  readonly text: string;
}

/** What the chat's server tells, as far as the page shows it (`src/applications/chat/talk.ts` has the whole). */
export type Telling =
  | { readonly type: 'ok'; readonly id: number | null }
  | { readonly type: 'refused'; readonly id: number | null; readonly why: string }
  | { readonly type: 'welcome'; readonly room: string; readonly history: readonly Line[] }
  | { readonly type: 'notice'; readonly room: string; readonly text: string }
  | {
      readonly type: 'users';
      readonly room: string;
      readonly count: number;
      readonly users: readonly string[];
    }
  | ({ readonly type: 'said'; readonly room: string } & Line);

/** What the page asks of the chat's server, before it has its number. */
export type Asking =
  | { readonly type: 'join'; readonly room: string; readonly name: string }
  | { readonly type: 'say'; readonly text: string }
  | { readonly type: 'leave' };

/** Reads what came; undefined where it is nothing that a chat's server tells. */
export function readTelling(message: string): Telling | undefined {
  const fields = readFields(message);
  const room = textOf(fields.room);
  const id = typeof fields.id === 'number' ? fields.id : null;
  switch (fields.type) {
    case 'ok':
      return { type: 'ok', id };
    case 'refused':
      return { type: 'refused', id, why: textOf(fields.why) };
    case 'welcome':
      return { type: 'welcome', room, history: listOf(fields.history).map(lineOf) };
    case 'notice':
      return { type: 'notice', room, text: textOf(fields.text) };
    case 'users':
      return {
        type: 'users',
        room,
        count: Number(fields.count) || 0,
        users: listOf(fields.users).map(textOf),
      };
    case 'said':
      return { type: 'said', room, ...lineOf(fields) };
    default:
      return undefined;
  }
}

function readFields(message: string): Readonly<Record<string, unknown>> {
  try {
    return fieldsOf(JSON.parse(message));
  } catch {
    return {};
  }
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function lineOf(value: unknown): Line {
  const { name, text } = fieldsOf(value);
  return { name: textOf(name), text: textOf(text) };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
