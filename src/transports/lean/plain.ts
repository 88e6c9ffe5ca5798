const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const SPACE = 0x20;
const ZERO = 48;
const NINE = 57;
/** Whatever has no more digits is a whole number that a double holds. */
const MOST_DIGITS = 15;

/** Bytes that stand for themselves in a string of JSON. */
const PLAIN = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte >= SPACE && byte !== QUOTE && byte !== BACKSLASH ? 1 : 0,
);

/** Whether these bytes stand there, before `end`. */
export function standsAt(bytes: Buffer, at: number, end: number, wanted: Buffer): boolean {
  if (end - at < wanted.length) return false;
  for (let index = 0; index < wanted.length; index++) {
    if (bytes[at + index] !== wanted[index]) return false;
  }
  return true;
}

/** Where the JSON string ends whose text begins at `at`; negative where its bytes are not those of the text, or where it does not end. */
export function endOfText(bytes: Buffer, at: number, end: number): number {
  let index = at;
  while (index < end && PLAIN[bytes[index] ?? 0] === 1) index++;
  return index < end && bytes[index] === QUOTE ? index : -1;
}

/** Where the digits that begin at `at` end; `at` itself where none do, or where they are no plain number. */
export function endOfDigits(bytes: Buffer, at: number, end: number): number {
  let index = at;
  while (index < end && isDigit(bytes[index] ?? 0)) index++;
  const isPlain = index - at === 1 || (bytes[at] !== ZERO && index - at <= MOST_DIGITS);
  return isPlain ? index : at;
}

/** The number that those digits are. */
export function numberOf(bytes: Buffer, start: number, end: number): number {
  let value = 0;
  for (let at = start; at < end; at++) value = value * 10 + (bytes[at] ?? ZERO) - ZERO;
  return value;
}

function isDigit(byte: number): boolean {
  return byte >= ZERO && byte <= NINE;
}
