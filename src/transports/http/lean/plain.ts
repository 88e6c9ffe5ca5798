const QUOTE = 34;
const BACKSLASH = 92;
const SPACE = 32;
const ZERO = 48;
const NINE = 57;
/** Whatever has no more digits is a whole number that a double holds. */
const MOST_DIGITS = 15;

/** Whether these bytes stand there. */
export function standsAt(bytes: Buffer, at: number, wanted: Buffer): boolean {
  for (let index = 0; index < wanted.length; index++) {
    if (bytes[at + index] !== wanted[index]) return false;
  }
  return true;
}

/** Where the digits that begin at `at` end; `at` itself where none do, or where they are no plain number. */
export function endOfDigits(bytes: Buffer, at: number): number {
  let end = at;
  while (isDigit(bytes[end])) end++;
  const isPlain = end - at === 1 || (bytes[at] !== ZERO && end - at <= MOST_DIGITS);
  return isPlain ? end : at;
}

/** The number that those digits are. */
export function numberOf(bytes: Buffer, start: number, end: number): number {
  let value = 0;
  for (let at = start; at < end; at++) value = value * 10 + (bytes[at] ?? ZERO) - ZERO;
  return value;
}

/** Where the JSON string ends whose text begins at `at`; negative where its bytes are not those of the text, or where it does not end. */
export function endOfText(bytes: Buffer, at: number, end: number): number {
  for (let index = at; index < end; index++) {
    const byte = bytes[index] ?? 0;
    if (byte === QUOTE) return index;
    if (byte === BACKSLASH || byte < SPACE) return -1;
  }
  return -1;
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= ZERO && byte <= NINE;
}
