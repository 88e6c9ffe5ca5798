/** No server comes to number anything beyond this. */
const MAX_DIGITS = 15;
const ZERO = 48;

/** A plain decimal number; undefined for anything else. */
export function parseNumber(text: string): number | undefined {
  if (text.length === 0 || text.length > MAX_DIGITS) return undefined;
  let value = 0;
  for (let index = 0; index < text.length; index++) {
    const digit = text.charCodeAt(index) - ZERO;
    if (digit < 0 || digit > 9) return undefined;
    value = value * 10 + digit;
  }
  return value;
}
