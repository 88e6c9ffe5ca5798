import { RtbenchError } from '../../errors.ts';
import { makeFallbackPlan, runFallback } from '../../fallback/index.ts';
import { openFileLimit } from '../../instrument/limits/kernel.ts';
import type { Fallback } from '../../measurements.ts';
import { chosenTransports } from '../../plan/choose.ts';
import { fallbackFormats } from '../../report/index.ts';
import { loadScenario } from '../../scenarios.ts';
import { interruption } from '../interrupt.ts';
import { lookOf } from '../look.ts';
import { type OutputOptions, openOutput } from '../output.ts';
import { print } from '../print.ts';
import { showTries } from './progress.ts';

/** What `fallback` reads. */
export interface FallbackOptions extends OutputOptions {
  readonly transports: string;
  readonly patience: string;
  readonly quiet?: boolean;
  readonly dryRun?: boolean;
}

/** Plans, tries, writes what was found, and throws what decides the exit code. */
export async function answerFallback(options: FallbackOptions): Promise<void> {
  const request = {
    command: process.argv.slice(2),
    transports: chosenTransports(options.transports),
    scenario: await loadScenario('broadcast'),
  };
  const plan = makeFallbackPlan(request, options.patience, { openFiles: openFileLimit() });
  const output = await openOutput(options, fallbackFormats);
  if (options.dryRun) return print(JSON.stringify(plan, null, 2));
  const look = lookOf(process.stderr, options.color, process.env);
  const progress = await showTries(process.stderr, look, options.quiet === true);
  let found: Fallback;
  try {
    found = await runFallback(plan, progress.observe, interruption());
  } finally {
    progress.end();
  }
  if (found.tries.length > 0) await output.write(found);
  judge(found);
}

function judge({ failure, interrupted, tries }: Fallback): void {
  if (failure !== null) throw new RtbenchError('child', failure);
  if (!interrupted) return;
  const kept = tries.length === 1 ? '1 finished try is' : `${tries.length} finished tries are`;
  throw new RtbenchError('interrupted', tries.length === 0 ? 'Interrupted' : `Interrupted; ${kept} kept`);
}
