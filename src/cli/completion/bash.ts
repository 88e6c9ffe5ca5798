import type { CompletedCommand } from './commands.ts';
import type { Values } from './values.ts';

/** The script that `source <(rtbench completion bash)` reads. */
export function bash(commands: readonly CompletedCommand[]): string {
  const valued = commands.flatMap(({ name, options }) =>
    options.flatMap(({ names, values }) =>
      values === null ? [] : names.map((option) => [`'${name} ${option}'`, offer(values)] as const),
    ),
  );
  const offers = Map.groupBy(valued, ([, offered]) => offered);
  const lines = (all: readonly (readonly [string, string])[]) =>
    all.map(([where, offered]) => `    ${where}) ${offered} ;;`).join('\n');
  return `# shellcheck shell=bash disable=SC2207
# bash completion of rtbench; in ~/.bashrc: source <(rtbench completion bash)
_rtbench_words() {
  local IFS=$'\\n'
  COMPREPLY+=($(compgen -W "\${1// /$IFS}" -- "$current"))
}
_rtbench_list() {
  local IFS=$'\\n' before=''
  case $current in *,*) before=\${current%,*}, ;; esac
  COMPREPLY+=($(compgen -P "$before" -W "\${1// /$IFS}" -- "\${current##*,}"))
}
_rtbench_files() {
  local IFS=$'\\n'
  COMPREPLY+=($(compgen -f -- "$current"))
  compopt -o filenames 2>/dev/null
}
_rtbench() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD - 1]} command='' word
  # What has a colon or an equals sign comes in three words.
  if [ "$current" = : ] || [ "$previous" = : ]; then
    current=\${current#:}
    _rtbench_files
    return
  fi
  [ "$previous" != = ] || previous=\${COMP_WORDS[COMP_CWORD - 2]}
  current=\${current#=}
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD - 1}"; do
    case $word in -*) ;; *) command=$word && break ;; esac
  done
  COMPREPLY=()
  case "$command $previous" in
${lines([...offers].map(([offered, all]) => [all.map(([where]) => where).join(' | '), offered]))}
  *) case "$command $current" in
${lines(commands.map(({ name, options }) => [`'${name} -'*`, offer(wordsOf(options.flatMap(({ names }) => names)))]))}
${lines(commands.map(({ name, argument }) => [`'${name} '*`, offer(argument)]))}
    esac ;;
  esac
}
complete -F _rtbench rtbench
`;
}

function wordsOf(words: readonly string[]): Values {
  return { words, files: false, isList: false };
}

/** The call that offers the values; words of rtbench hold nothing that a shell would read otherwise. */
function offer({ words, files, isList }: Values): string {
  const list = `'${words.join(' ')}'`;
  const calls = [
    ...(words.length === 0 ? [] : [`_rtbench_${isList ? 'list' : 'words'} ${list}`]),
    ...(files ? ['_rtbench_files'] : []),
  ];
  return calls.length === 0 ? ':' : calls.join('; ');
}
