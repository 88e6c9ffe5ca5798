import type { Command } from 'commander';
import { withoutPassword } from '../../applications/chat/history/url.ts';
import { calibratedHere } from '../../calibrate/kept.ts';
import type { WrittenCapacity } from '../../capacity/index.ts';
import { makeCapacityPlan, runCapacity } from '../../capacity/index.ts';
import { RtbenchError } from '../../errors.ts';
import { openFileLimit } from '../../instrument/limits/kernel.ts';
import type { Capacity } from '../../measurements.ts';
import { chosenTransport, chosenTransports } from '../../plan/choose.ts';
import { capacityFormats } from '../../report/index.ts';
import { loadScenario } from '../../scenarios.ts';
import { interruption } from '../interrupt.ts';
import { lookOf } from '../look.ts';
import { typedSettings } from '../options.ts';
import { type OutputOptions, openOutput } from '../output.ts';
import { print } from '../print.ts';
import { showSearch } from './progress.ts';

/** What `capacity` reads beside the settings of the workload. */
export interface CapacityOptions extends OutputOptions, WrittenCapacity {
  readonly transport?: string;
  readonly transports?: string;
  readonly scenario: string;
  readonly isolate: string;
  readonly quiet?: boolean;
  readonly dryRun?: boolean;
}

/** Plans, searches, writes what was found, and throws what decides the exit code. */
export async function answerCapacity(options: CapacityOptions, command: Command): Promise<void> {
  const { transport, transports, quiet, color } = options;
  const plan = makeCapacityPlan(
    {
      command: process.argv.slice(2),
      transports: transports === undefined ? [chosenTransport(transport)] : chosenTransports(transports),
      scenario: await loadScenario(options.scenario),
      isolate: options.isolate,
      options: typedSettings(command),
    },
    options,
    { openFiles: openFileLimit() },
  );
  const output = await openOutput(options, capacityFormats);
  if (options.dryRun) return print(withoutPassword(JSON.stringify(plan, null, 2)));
  const look = lookOf(process.stderr, color, process.env);
  const progress = await showSearch(process.stderr, look, quiet === true);
  let capacity: Capacity;
  try {
    capacity = await runCapacity(plan, progress.observe, interruption(), calibratedHere(process.env));
  } finally {
    progress.end();
  }
  const steps = capacity.transports.reduce((sum, found) => sum + found.steps.length, 0);
  if (steps > 0) await output.write(capacity);
  judge(capacity, steps);
}

function judge({ failure, interrupted }: Capacity, steps: number): void {
  if (failure !== null) throw new RtbenchError('child', failure);
  if (!interrupted) return;
  const kept = steps === 1 ? '1 finished step is' : `${steps} finished steps are`;
  throw new RtbenchError('interrupted', steps === 0 ? 'Interrupted' : `Interrupted; ${kept} kept`);
}
