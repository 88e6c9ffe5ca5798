import type { CompletedCommand, CompletedOption } from './commands.ts';
import type { Values } from './values.ts';

/** The script that `source <(rtbench completion zsh)` reads. */
export function zsh([program, ...commands]: readonly [CompletedCommand, ...CompletedCommand[]]): string {
  const described = commands.map(({ name, help }) => `    ${quoted(`${name}:${help}`)}`);
  const cases = commands.map(({ name, options, argument }) => {
    const specs = [...options.flatMap(optionSpecs), `'*:argument:${action(argument)}'`];
    return `  ${name})\n    _arguments ${specs.join(' \\\n      ')} ;;`;
  });
  return `#compdef rtbench
# zsh completion of rtbench; in ~/.zshrc, after compinit: source <(rtbench completion zsh)
_rtbench_files() {
  # A file may have its format before it: svg:picture.
  compset -P '*:'
  _files
}
_rtbench() {
  local curcontext=$curcontext state line
  local -a commands=(
${described.join('\n')}
  )
  _arguments -C ${program.options.flatMap(optionSpecs).join(' ')} '1:command:->command' '*::argument:->argument'
  case $state in
  command) _describe command commands ;;
  argument)
  case $line[1] in
${cases.join('\n')}
  esac ;;
  esac
}
compdef _rtbench rtbench
`;
}

/** A name each: \`--name=[help]:value:action\`. */
function optionSpecs({ names, help, values, mayRepeat }: CompletedOption): string[] {
  const star = mayRepeat ? '*' : '';
  const about = `[${help.replace(/[\\[\]:]/g, '\\$&')}]`;
  return names.map((name) => {
    if (values === null) return quoted(star + name + about);
    const equals = name.startsWith('--') ? '=' : '';
    return quoted(`${star}${name}${equals}${about}:value:${action(values)}`);
  });
}

function action({ words, files, isList }: Values): string {
  const list = words.join(' ');
  if (words.length === 0) return files ? '_rtbench_files' : ' ';
  if (isList) return `_sequence compadd - ${list}`;
  return files ? `_alternative "words\\:word\\:(${list})" "files\\:file\\:_files"` : `(${list})`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
