import type { Command } from 'commander';
import { RtbenchError } from '../../errors.ts';
import { openFileLimit } from '../../instrument/limits/kernel.ts';
import type { Trace } from '../../measurements/trace/trace.ts';
import { transportNamed } from '../../plan/choose.ts';
import { expected } from '../../plan/wording.ts';
import { traceFormats } from '../../report/index.ts';
import { loadScenario } from '../../scenarios.ts';
import { makeTracePlan, runTrace } from '../../trace/index.ts';
import { interruption } from '../interrupt.ts';
import { typedSettings } from '../options.ts';
import { type OutputOptions, openOutput } from '../output.ts';
import { note, print } from '../print.ts';

/** What `trace` reads beside the settings of the workload. */
export interface TraceOptions extends OutputOptions {
  readonly transport?: string;
  readonly sideBySide?: string;
  readonly messages: string;
  readonly fault?: string;
  readonly scenario: string;
  readonly quiet?: boolean;
  readonly dryRun?: boolean;
}

const DEFAULT_TRANSPORT = 'websocket';

/** Plans, lets the client and the server talk, writes what crossed, and throws what decides the exit code. */
export async function showTrace(options: TraceOptions, command: Command): Promise<void> {
  const request = {
    command: process.argv.slice(2),
    transports: chosen(options),
    scenario: await loadScenario(options.scenario),
    options: typedSettings(command),
  };
  const plan = makeTracePlan(request, options, { openFiles: openFileLimit() });
  const output = await openOutput(options, traceFormats);
  if (options.dryRun) return print(JSON.stringify(plan, null, 2));
  const observe = (transport: string) => (options.quiet ? undefined : note(`tracing ${transport}`));
  const trace = await runTrace(plan, observe, interruption());
  if (trace.conversations.length > 0) await output.write(trace);
  judge(trace);
}

function chosen({ transport, sideBySide }: TraceOptions) {
  if (sideBySide === undefined) return [transportNamed(transport ?? DEFAULT_TRANSPORT, '--transport')];
  if (transport !== undefined) throw expected('--transport', 'left out with --side-by-side', transport);
  const names = sideBySide.split(',');
  const both = [...new Set(names.map((name) => transportNamed(name.trim(), '--side-by-side')))];
  if (both.length !== 2 || names.length !== 2)
    throw expected('--side-by-side', 'two transports, such as longpoll,websocket', sideBySide);
  return both;
}

function judge({ failure, interrupted, conversations }: Trace): void {
  if (failure !== null) throw new RtbenchError('child', failure);
  if (!interrupted) return;
  const kept = conversations.length === 0 ? 'Interrupted' : 'Interrupted; what crossed until then is kept';
  throw new RtbenchError('interrupted', kept);
}
