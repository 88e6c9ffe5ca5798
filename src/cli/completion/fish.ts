import type { CompletedCommand, CompletedOption } from './commands.ts';
import type { Values } from './values.ts';

/** The script that `rtbench completion fish | source` reads. */
export function fish(commands: readonly CompletedCommand[]): string {
  const lines = commands.flatMap(({ name, help, options, argument }) => {
    const where = name === '' ? '__fish_use_subcommand' : `__fish_seen_subcommand_from ${name}`;
    const command =
      name === '' ? [] : [`complete -c rtbench -n __fish_use_subcommand -a ${name} -d ${quoted(help)}`];
    const own = options.map((option) => `complete -c rtbench -n '${where}' ${optionWords(option)}`);
    // The program's own argument is a command, and each has a line already.
    const last =
      name === '' || isEmpty(argument) ? [] : [`complete -c rtbench -n '${where}' ${valueWords(argument)}`];
    return [...command, ...own, ...last];
  });
  return `# fish completion of rtbench; in ~/.config/fish/completions/rtbench.fish: rtbench completion fish | source
function __rtbench_list
    set -l before (commandline -ct | string replace -r '^--[^=]*=' '' | string match -r '^.*,')
    for word in $argv
        echo $before$word
    end
end
complete -c rtbench -f
${lines.join('\n')}
`;
}

function optionWords({ names, help, values }: CompletedOption): string {
  const dashed = names.map((name) => (name.startsWith('--') ? `-l ${name.slice(2)}` : `-s ${name.slice(1)}`));
  const taken = values === null ? [] : ['-r', ...(isEmpty(values) ? ['-f'] : [valueWords(values)])];
  return [...dashed, `-d ${quoted(help)}`, ...taken].join(' ');
}

function valueWords({ words, files, isList }: Values): string {
  const list = words.join(' ');
  const offered = list === '' ? [] : [`-a ${quoted(isList ? `(__rtbench_list ${list})` : list)}`];
  return [files ? '-F' : '-f', ...offered].join(' ');
}

function isEmpty({ words, files }: Values): boolean {
  return words.length === 0 && !files;
}

function quoted(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`;
}
