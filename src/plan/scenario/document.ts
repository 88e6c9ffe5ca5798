import {
  type Alias,
  isAlias,
  isMap,
  isNode,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  type YAMLError,
} from 'yaml';
import { messageOf, RtbenchError } from '../../errors.ts';
import { oneLine, shown } from '../wording.ts';

/** A scenario file's content, and how errors name a place in it. */
export interface ScenarioDocument {
  readonly content: unknown;
  /** The field at the end of a path, with its file and line. */
  place(path: readonly PropertyKey[]): string;
}

// A scenario has no use for aliases beyond a repeated value; more is an attempt to exhaust memory.
const MAX_ALIASES = 20;
// transports, one of them, one of its options: a scenario is not deeper.
const MAX_DEPTH = 6;

/** Parses a scenario file's text; what is not YAML of a scenario's size is refused with the file and the line. */
export function parseScenarioFile(text: string, path: string): ScenarioDocument {
  const file = oneLine(path);
  const lines = new LineCounter();
  const refuse = (offset: number, why: string) =>
    new RtbenchError(
      'usage',
      `Expected ${file} to be YAML; line ${lines.linePos(offset).line}: ${shown(why)}`,
    );
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, stringKeys: true });
  const [broken] = document.errors;
  if (broken?.code === 'DUPLICATE_KEY') {
    const [key = ''] = text.slice(broken.pos[0]).split(':', 1);
    const { line } = lines.linePos(broken.pos[0]);
    throw new RtbenchError('usage', `Field \`${shown(key)}\` (${file}, line ${line}) is there twice`);
  }
  if (broken) throw refuse(broken.pos[0], reasonOf(broken));
  checkSize(document.contents, refuse, (alias) => alias.resolve(document) !== undefined);
  return {
    content: contentOf(() => document.toJS({ maxAliasCount: MAX_ALIASES }), refuse),
    place(steps) {
      const offset = offsetOf(document.contents, steps);
      const line = offset === undefined ? '' : `, line ${lines.linePos(offset).line}`;
      return `\`${shown(nameOf(steps))}\` (${file}${line})`;
    },
  };
}

type Refuse = (offset: number, why: string) => RtbenchError;

function reasonOf({ code, message }: YAMLError): string {
  if (code === 'MULTIPLE_DOCS') return 'a second document begins';
  if (code === 'RESOURCE_EXHAUSTION') return 'it is nested too deeply';
  return message;
}

function checkSize(root: Node | null, refuse: Refuse, isKnown: (alias: Alias) => boolean): void {
  let aliases = 0;
  const open: string[] = [];
  const visit = (node: unknown, depth: number): void => {
    if (isPair(node)) {
      visit(node.key, depth);
      visit(node.value, depth);
    }
    if (!isNode(node)) return;
    const offset = node.range?.[0] ?? 0;
    if (depth > MAX_DEPTH) throw refuse(offset, `it is nested more than ${MAX_DEPTH} deep`);
    if (isAlias(node)) {
      aliases += 1;
      if (aliases > MAX_ALIASES) throw refuse(offset, `it has more than ${MAX_ALIASES} aliases`);
      if (!isKnown(node)) throw refuse(offset, `a plain * begins an alias: quote '*${node.source}'`);
      if (open.includes(node.source)) throw refuse(offset, `*${node.source} stands inside of itself`);
      return;
    }
    if (!isMap(node) && !isSeq(node)) return;
    open.push(node.anchor ?? '');
    for (const item of node.items) visit(item, depth + 1);
    open.pop();
  };
  visit(root, 1);
}

/** Aliases of aliases grow beyond any count of theirs. */
function contentOf(read: () => unknown, refuse: Refuse): unknown {
  try {
    return read();
  } catch (thrown) {
    throw refuse(0, messageOf(thrown));
  }
}

/** Where the field stands, or what comes nearest to it on the way there. */
function offsetOf(root: Node | null, steps: readonly PropertyKey[]): number | undefined {
  let node: unknown = root;
  let offset: number | undefined;
  for (const step of steps) {
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && key.value === step);
      if (pair === undefined) break;
      if (isNode(pair.key)) offset = pair.key.range?.[0];
      node = pair.value;
    } else {
      node = isSeq(node) ? node.items[Number(step)] : undefined;
      if (!isNode(node)) break;
      offset = node.range?.[0];
    }
  }
  return offset;
}

/** `phases[1].rate` */
function nameOf(steps: readonly PropertyKey[]): string {
  const parts = steps.map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`));
  return parts.join('').replace(/^\./, '');
}
