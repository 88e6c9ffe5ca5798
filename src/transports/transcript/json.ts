const QUOTE = 34;
const COMMA = 44;
const BACKSLASH = 92;
const OPENING = new Set([91, 123]);
const CLOSING = new Set([93, 125]);

/** Where a value stands. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** The elements of an array that begins there, and where it ends; both may be cut off. */
export function elementsOf(bytes: Buffer, start: number): { elements: Span[]; end: number } {
  const elements: Span[] = [];
  let from = start + 1;
  let depth = 0;
  const add = (end: number) => {
    if (end > from) elements.push({ start: from, end });
    from = end + 1;
  };
  for (let at = from; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    if (byte === QUOTE) {
      at = stringEnd(bytes, at) - 1;
    } else if (OPENING.has(byte)) {
      depth++;
    } else if (CLOSING.has(byte)) {
      if (depth === 0) {
        add(at);
        return { elements, end: at + 1 };
      }
      depth--;
    } else if (byte === COMMA && depth === 0) {
      add(at);
    }
  }
  add(bytes.length);
  return { elements, end: bytes.length };
}

/** Where a string ends that begins there. */
function stringEnd(bytes: Buffer, start: number): number {
  for (let at = start + 1; at < bytes.length; at++) {
    if (bytes[at] === BACKSLASH) at++;
    else if (bytes[at] === QUOTE) return at + 1;
  }
  return bytes.length;
}

/** Whether a value is a string. */
export function isString(bytes: Buffer): boolean {
  return bytes[0] === QUOTE && stringEnd(bytes, 0) === bytes.length;
}

/** What an object says, as far as it can be read. */
export function objectOf(bytes: Buffer): Partial<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(bytes.toString());
    return typeof value === 'object' && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}
