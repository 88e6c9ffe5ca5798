import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, test } from 'vitest';
import { rtbench } from '../../rtbench.ts';

const HERE = import.meta.dirname;
const folder = mkdtempSync(join(tmpdir(), 'rtbench-completion-'));
afterAll(() => rmSync(folder, { recursive: true }));
// What is offered as a file, by every shell in the same place.
writeFileSync(join(folder, 'chosen.json'), '{}');

const scripts = Object.fromEntries(
  await Promise.all(
    ['bash', 'zsh', 'fish'].map(
      async (shell) => [shell, (await rtbench(['completion', shell])).stdout] as const,
    ),
  ),
);
const fileOf = (shell: string) => {
  const file = join(folder, `rtbench.${shell}`);
  writeFileSync(file, scripts[shell] ?? '');
  return file;
};

const BASH = `source "$1"; number=0; for line in "\${@:2}"; do
  read -ra COMP_WORDS <<<"\${line//[=:]/ & }"; [[ $line != *' ' ]] || COMP_WORDS+=('')
  COMP_CWORD=$((\${#COMP_WORDS[@]} - 1)) COMPREPLY=(); _rtbench
  for one in "\${COMPREPLY[@]}"; do echo "$number $one"; done; number=$((number + 1))
done`;
const FISH = `source $argv[1]; set number 0; for line in $argv[2..]
  for one in (complete -C $line); echo "$number $one"; end; set number (math $number + 1)
end`;

/** How each shell is asked, given its script and lines as far as they were typed: one offer a line, behind the line's number. */
const asked: Readonly<Record<string, readonly string[]>> = {
  bash: ['bash', '-c', BASH, 'bash'],
  zsh: ['zsh', '-f', join(HERE, 'offers.zsh')],
  fish: ['fish', '-N', '-c', FISH],
};

const LINES: Readonly<Record<string, readonly string[]>> = {
  'rtbench comp': ['compare', 'completion'],
  'rtbench run --transport we': ['websocket'],
  'rtbench compare --transports=ws,po': ['polling'],
  'rtbench compare --scenario ch': ['chat', 'chosen.json', 'churn'],
  'rtbench diff chos': ['chosen.json'],
  'rtbench capacity --format be': ['bencher', 'benchmark-bigger'],
  'rtbench run --clients ': [],
  'rtbench report --out svg:chos': ['chosen.json'],
};

function isInstalled(shell: string): boolean {
  try {
    execFileSync(shell, ['-c', 'exit']);
    return true;
  } catch {
    console.log(`skipped: there is no ${shell} here`);
    return false;
  }
}

/** What the shell offers for each line, without the part of the word that it puts before it and the help behind it. */
function offers(shell: string): Record<string, string[]> {
  const [program = '', ...args] = asked[shell] ?? [];
  const lines = Object.keys(LINES);
  const text = execFileSync(program, [...args, fileOf(shell), ...lines], { cwd: folder, encoding: 'utf8' });
  const found = text.split('\n').map((offer) => /^(\d+) (?:--[^=]+=)?(?:\S*[,:])?([^\t]+)/.exec(offer));
  const of = (number: number) =>
    found.flatMap((match) => (match?.[1] === String(number) ? (match[2] ?? []) : []));
  return Object.fromEntries(lines.map((line, number) => [line, of(number).toSorted()]));
}

describe.each(Object.keys(asked).map((shell) => ({ shell, run: isInstalled(shell) })))(
  '$shell',
  ({ shell, run }) => {
    it.runIf(run)('offers what may come next', () => {
      expect(offers(shell)).toEqual(LINES);
    });
  },
);

test('every option of every command, as its help shows it, is in every script', async () => {
  const { stdout } = await rtbench(['--help']);
  const names = [...stdout.matchAll(/^ {2}([a-z]+)(?: |\[|<)/gm)].map(([, name = '']) => name);
  const commands = [...new Set(names)].filter((name) => !['rtbench', 'help'].includes(name));
  expect(commands.length).toBeGreaterThan(10);
  const helps = await Promise.all(commands.map((command) => rtbench([command, '--help'])));
  const missing = helps.flatMap(({ stdout: help }, index) => {
    const command = commands[index] ?? '';
    const options = [...help.matchAll(/^ {2}(?:-\w, )?--([a-z-]+)/gm)].map(([, option = '']) => option);
    expect(options.length, command).toBeGreaterThan(0);
    return options.flatMap((option) =>
      Object.entries(scripts).flatMap(([shell, script]) =>
        isInScript(script, command, option) ? [] : [`${shell}: ${command} --${option}`],
      ),
    );
  });
  expect(missing).toEqual([]);
});

/** Whether a line about the command has the option; in zsh a command's options follow its name. */
function isInScript(script: string, command: string, option: string): boolean {
  const zsh = new RegExp(`^ {2}${command}\\)\\n(.*\\n)*?.*;;$`, 'm').exec(script)?.[0] ?? '';
  return (
    new RegExp(`^ *'${command} -'\\*\\).*[' ]--${option}[' ]`, 'm').test(script) ||
    new RegExp(`from ${command}'.* -l ${option} `).test(script) ||
    new RegExp(`'\\*?--${option}[=[]`).test(zsh)
  );
}

test('another shell is refused', async () => {
  const { code, stdout, stderr } = await rtbench(['completion', 'bsh']);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toBe(
    'rtbench: Expected completion to be one of bash, zsh, fish, got `bsh`. Did you mean `bash`?\n',
  );
});
