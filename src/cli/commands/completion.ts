import { Command } from 'commander';
import { expected, suggestion } from '../../plan/wording.ts';

const EXAMPLES = `
Examples:
  source <(rtbench completion bash)      in ~/.bashrc
  source <(rtbench completion zsh)       in ~/.zshrc, after compinit
  rtbench completion fish | source       in ~/.config/fish/config.fish`;

/** `rtbench completion`: a script that lets a shell complete what is typed. */
export function completionCommand(): Command {
  return new Command('completion')
    .argument('<bash|zsh|fish>', 'which shell')
    .description('Print a script that lets a shell complete commands, options and their values')
    .addHelpText('after', EXAMPLES)
    .action(async (shell: string, _: object, { parent }: Command) => {
      const [{ print }, { shells }, { commandsOf }] = await Promise.all([
        import('../print.ts'),
        import('../completion/index.ts'),
        import('../completion/commands.ts'),
      ]);
      const names = [...shells.keys()];
      const write = shells.get(shell);
      if (write === undefined)
        throw expected('completion', `one of ${names.join(', ')}`, shell, suggestion(shell, names));
      if (parent !== null) await print(write(commandsOf(parent)));
    });
}
