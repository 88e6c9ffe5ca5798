import type { ResolvedScenario } from '../../../src/measurements.ts';
import { defaults } from '../../../src/plan/fields/index.ts';

/** A chat with every value that nobody set. */
export function chatScenario(settings: Partial<ResolvedScenario> = {}): ResolvedScenario {
  const named = { name: 'chat', summary: 'a chat', application: 'chat', witnesses: 1 } as const;
  return { ...named, ...defaults, ...settings };
}
