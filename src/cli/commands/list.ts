import type { ChalkInstance } from 'chalk';
import { Command } from 'commander';
import { expected, suggestion } from '../../plan/wording.ts';
import { wrap } from '../../report/words/text.ts';
import { addColorOptions } from '../options.ts';

const EXAMPLES = `
Examples:
  rtbench list transports
  rtbench list scenarios --json`;

/** Beside the other columns, and within a terminal's 80. */
const SPECIAL_WIDTH = 48;

interface ListOptions {
  readonly json?: boolean;
  readonly color?: boolean;
}

const LISTS: Readonly<Record<string, (options: ListOptions) => Promise<void>>> = {
  transports: listTransports,
  scenarios: listAllScenarios,
};

/** `rtbench list`: what there is to choose from. */
export function listCommand(): Command {
  return addColorOptions(new Command('list').argument('<transports|scenarios>', 'what to list'))
    .description('List the transports or the scenarios')
    .option('--json', 'as JSON')
    .addHelpText('after', EXAMPLES)
    .action(async (subject: string, options: ListOptions) => {
      const list = Object.hasOwn(LISTS, subject) ? LISTS[subject] : undefined;
      const names = Object.keys(LISTS);
      if (!list) throw expected('list', names.join(' or '), subject, suggestion(subject, names));
      await list(options);
    });
}

async function listTransports(options: ListOptions): Promise<void> {
  const { aliases, transports } = await import('../../transports/index.ts');
  const entries = transports.map(({ name, family, summary, carries, resumes }) => {
    const also = Object.keys(aliases).filter((alias) => aliases[alias] === name);
    return { name, aliases: also, family, summary, carries, resumes };
  });
  await printList(
    entries,
    ['name', 'also', 'family', 'what it does'],
    (entry) => [entry.name, entry.aliases.join(', '), entry.family, entry.summary],
    options,
  );
}

async function listAllScenarios(options: ListOptions): Promise<void> {
  const [{ listScenarios }, { defaults }, { paced }, { specialIn }] = await Promise.all([
    import('../../scenarios.ts'),
    import('../../plan/fields/index.ts'),
    import('../../plan/make.ts'),
    import('../../plan/scenario.ts'),
  ]);
  const entries = (await listScenarios()).map((scenario) => {
    const { name, application, summary, settings } = scenario;
    const special = specialIn(scenario);
    return { name, application, summary, special, ...paced({ ...defaults, ...settings }) };
  });
  await printList(
    entries,
    ['name', 'application', 'what it is, and what is special'],
    ({ name, application, summary, special }, { dim }) => [
      name,
      application,
      [summary, ...wrap(special.join(' · '), SPECIAL_WIDTH, ' · ').map((line) => dim(`  ${line}`))].join(
        '\n',
      ),
    ],
    options,
  );
}

async function printList<Entry>(
  entries: readonly Entry[],
  head: readonly string[],
  row: (entry: Entry, chalk: ChalkInstance) => string[],
  { json, color }: ListOptions,
): Promise<void> {
  const [{ print }, { lookOf }, { default: Table }] = await Promise.all([
    import('../print.ts'),
    import('../look.ts'),
    import('cli-table3'),
  ]);
  if (json) return print(JSON.stringify(entries, null, 2));
  const { chalk } = lookOf(process.stdout, color, process.env);
  const table = new Table({
    chars: NO_LINES,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 2 },
    head: head.map((title) => chalk.dim(title)),
  });
  table.push(...entries.map((entry) => row(entry, chalk)));
  const lines = table.toString().split('\n');
  await print(lines.map((line) => line.trimEnd()).join('\n'));
}

const NO_LINES = Object.fromEntries(
  ['top', 'bottom', 'left', 'right', 'mid']
    .flatMap((side) => [side, `${side}-mid`, `${side}-left`, `${side}-right`])
    .concat('top-mid', 'bottom-mid', 'left-mid', 'mid-mid', 'right-mid', 'middle')
    .map((name) => [name, '']),
);
