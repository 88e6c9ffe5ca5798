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

const BASH = `source "$1"; read -ra COMP_WORDS <<<"\${2//[=:]/ & }"; [[ $2 != *' ' ]] || COMP_WORDS+=('')
COMP_CWORD=$((\${#COMP_WORDS[@]} - 1)); _rtbench; printf '%s\\n' "\${COMPREPLY[@]}"`;

/** How each shell is asked, given its script and the line so far. */
const asked: Readonly<Record<string, readonly string[]>> = {
  bash: ['bash', '-c', BASH, 'bash'],
  zsh: ['zsh', '-f', join(HERE, 'offers.zsh')],
  fish: ['fish', '-N', '-c', 'source $argv[1]; complete -C $argv[2]'],
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

/** What the shell offers, without the part of the word that it puts before it and the help behind it. */
function offers(shell: string, line: string): string[] {
  const [program = '', ...args] = asked[shell] ?? [];
  const text = execFileSync(program, [...args, fileOf(shell), line], { cwd: folder, encoding: 'utf8' });
  const words = text.split('\n').map((word) => word.split('\t')[0]?.replace(/^(--[^=]+=)?(.*,)?/, '') ?? '');
  return words.filter((word) => word !== '').toSorted();
}

describe.each(Object.keys(asked).map((shell) => ({ shell, run: isInstalled(shell) })))(
  '$shell',
  ({ shell, run }) => {
    it.runIf(run).each([
      ['rtbench comp', ['compare', 'completion']],
      ['rtbench run --transport we', ['websocket']],
      ['rtbench compare --transports=ws,po', ['polling']],
      ['rtbench compare --scenario ch', ['chat', 'chosen.json', 'churn']],
      ['rtbench diff chos', ['chosen.json']],
      ['rtbench capacity --format be', ['bencher', 'benchmark-bigger']],
      ['rtbench run --clients ', []],
    ])('%s', (line, wanted) => {
      expect(offers(shell, line)).toEqual(wanted);
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
