import { transports } from '../../src/transports/index.ts';

const transportNames = transports.map(({ name }) => name);

/** Which transports a part that goes through them looks at, and whether it is only tried in small. */
export interface Scope {
  readonly transports: readonly string[];
  /** All of them. */
  readonly isWhole: boolean;
  readonly quick: boolean;
}

/** A call's words: parts, transports, and `--quick`; without any it is the usual parts and all transports. */
export function readCall(words: readonly string[], parts: readonly string[], usual: readonly string[]) {
  const unknown = words.filter(
    (word) => word !== '--quick' && !parts.includes(word) && !transportNames.includes(word),
  );
  if (unknown.length > 0) {
    throw new Error(`Expected parts (${parts.join(', ')}), transports or --quick, got ${unknown.join(' ')}`);
  }
  const named = (of: readonly string[], otherwise = of) => {
    const chosen = of.filter((name) => words.includes(name));
    return chosen.length === 0 ? otherwise : chosen;
  };
  const chosen = named(transportNames);
  const isWhole = chosen === transportNames;
  const scope: Scope = { transports: chosen, isWhole, quick: words.includes('--quick') };
  return { parts: named(parts, usual), scope };
}
