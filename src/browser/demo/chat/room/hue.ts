/** How many colours the style has for names. */
const HUES = 8;

/** A name's colour, the same on every page. */
export function hueOf(name: string): number {
  let sum = 0;
  for (const character of name) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 65_521;
  return sum % HUES;
}
