import { Command } from 'commander';
import type { Look } from '../../report/index.ts';
import type { Check } from '../doctor/check.ts';
import { addColorOptions } from '../options.ts';

const NOTES = `
A warning is no failure: what is missing limits what can be measured, and the line below it says what to do. Exits 0.

Examples:
  rtbench doctor
  rtbench doctor --json | jq '.checks[] | select(.ok | not)'`;

/** `rtbench doctor`: what this machine can and cannot measure, and what to do about it. */
export function doctorCommand(): Command {
  return addColorOptions(new Command('doctor'))
    .description('Say what this machine can and cannot measure, and what to do about it')
    .option('--json', 'as JSON')
    .addHelpText('after', NOTES)
    .action(async ({ json, color }: { readonly json?: boolean; readonly color?: boolean }) => {
      const [{ lookOf }, { print }] = await Promise.all([import('../look.ts'), import('../print.ts')]);
      const checks = await examine();
      if (json) return print(JSON.stringify({ checks }, null, 2));
      await print(page(checks, lookOf(process.stdout, color, process.env)));
    });
}

async function examine(): Promise<Check[]> {
  const [machine, software] = await Promise.all([
    import('../doctor/machine.ts'),
    import('../doctor/software.ts'),
  ]);
  return [
    ...machine.checkCores(),
    ...machine.checkKernelLimits(),
    await machine.checkNamespace(),
    await machine.checkClock(),
    // Before the ceiling: its load would be taken for somebody else's.
    await machine.checkLoad(),
    ...software.checkVersions(),
    await software.checkHttpCeiling(),
  ];
}

function page(checks: readonly Check[], { chalk }: Look): string {
  const width = Math.max(...checks.map(({ name }) => name.length));
  const lines = checks.flatMap(({ name, ok, value, advice }) => {
    const mark = ok ? chalk.green('ok  ') : chalk.yellow('warn');
    const line = `${mark}  ${name.padEnd(width)}  ${value}`;
    return advice === '' ? [line] : [line, `${' '.repeat(width + 8)}${advice}`];
  });
  const warnings = checks.filter(({ ok }) => !ok).length;
  const verdict =
    warnings === 0 ? 'This machine is ready to measure.' : `${warnings} of ${checks.length} could be better.`;
  return [...lines, '', verdict].join('\n');
}
