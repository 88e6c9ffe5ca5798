import type { Note } from '../../contracts.ts';
import { harmless } from './printable.ts';

/** Names and their values, with what those that are known are for. */
export function explained(
  entries: Iterable<readonly [name: string, value: unknown]>,
  whys: Readonly<Record<string, string>>,
): Note[] {
  return Array.from(entries, ([name, value]) => ({
    name: harmless(name),
    value: harmless(typeof value === 'string' ? value : JSON.stringify(value)),
    why: Object.hasOwn(whys, name) ? (whys[name] ?? '') : '',
  }));
}
