import { Command } from 'commander';
import { expected, suggestion } from '../../plan/wording.ts';
import { addColorOptions } from '../options.ts';

const EXAMPLES = `
Examples:
  rtbench list transports
  rtbench list scenarios --json`;

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
  const { listScenarios } = await import('../scenarios.ts');
  const { defaults } = await import('../../plan/fields/index.ts');
  const entries = (await listScenarios()).map(({ settings, ...scenario }) => ({
    ...scenario,
    ...defaults,
    ...settings,
  }));
  await printList(
    entries,
    ['name', 'clients', 'msg/s', 'payload', 'what it is'],
    ({ name, clients, ratePerSecond, payloadBytes, payloadKind, summary }) => [
      name,
      String(clients),
      String(ratePerSecond),
      `${payloadBytes} B ${payloadKind}`,
      summary,
    ],
    options,
  );
}

async function printList<Entry>(
  entries: readonly Entry[],
  head: readonly string[],
  row: (entry: Entry) => string[],
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
  table.push(...entries.map(row));
  const lines = table.toString().split('\n');
  await print(lines.map((line) => line.trimEnd()).join('\n'));
}

const NO_LINES = Object.fromEntries(
  ['top', 'bottom', 'left', 'right', 'mid']
    .flatMap((side) => [side, `${side}-mid`, `${side}-left`, `${side}-right`])
    .concat('top-mid', 'bottom-mid', 'left-mid', 'mid-mid', 'right-mid', 'middle')
    .map((name) => [name, '']),
);
