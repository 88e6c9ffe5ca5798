import { createHash } from 'node:crypto';

/** Only what was written into a page may run or style it; without scripts none does. */
export function policyOf(style: string, scripts: readonly string[] = []): string {
  const hashes = (texts: readonly string[]) =>
    texts.map((text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`).join(' ');
  return [
    "default-src 'none'",
    ...(scripts.length === 0 ? [] : [`script-src ${hashes(scripts)}`]),
    `style-src ${hashes([style])}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}
