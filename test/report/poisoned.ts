import { HOSTILE } from './sample.ts';

/** Besides what is in HOSTILE: what ends a comment, a CDATA, a label, an attribute, a template; and it is long. */
export const POISON = `${HOSTILE}]]>&#x3c;&lt;<!-- -->'\\"\n# x\u2028{{7*7}}\${x}</title></style></script><img src=x onerror=alert(1)>${'long '.repeat(30)}`;

/** What is no text of anybody's: it must be as it is. */
const KEPT = new Set(['schema', 'hdr']);
/** Whose keys are names that somebody chose. */
const NAMED = new Set(['packages', 'carrying', 'refused']);

/**
 * A result with poison before every text that its schema leaves open, and in the keys that are names. `read` tells the
 * first place that it refuses, as `readSaved` does: that text is one of a fixed set.
 */
export function poisoned<Result>(
  result: object,
  read: (text: string) => Result,
): { result: object; read: Result } {
  const fixed = new Set<string>();
  for (;;) {
    const tried = poisonedBut(fixed, result, '');
    try {
      return { result: Object(tried), read: read(JSON.stringify(tried)) };
    } catch (error) {
      const place = placeIn(error instanceof Error ? error.message : '');
      if (place === undefined || fixed.has(place)) throw error;
      fixed.add(place);
    }
  }
}

function placeIn(message: string): string | undefined {
  return /but ([^:]+): /.exec(message)?.[1]?.replace(/\[\d+\]/g, '[]');
}

function poisonedBut(fixed: ReadonlySet<string>, value: unknown, place: string): unknown {
  if (typeof value === 'string') return fixed.has(place) ? value : POISON + value;
  if (Array.isArray(value)) return value.map((one) => poisonedBut(fixed, one, `${place}[]`));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, own]) => {
    const path = place === '' ? key : `${place}.${key}`;
    return [key, KEPT.has(key) ? own : poisonedBut(fixed, own, path)] as const;
  });
  const last = place.split('.').at(-1) ?? '';
  const named = NAMED.has(last) ? entries.map(([key, own]) => [POISON + key, own] as const) : [];
  return Object.fromEntries([...entries, ...named]);
}
