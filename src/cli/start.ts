import { messageOf } from '../errors.ts';
import { rtbenchVersion } from '../instrument/machine.ts';
import { complain, print } from './print.ts';

/** The command line's first step: who only asks for the version does not wait for the rest to be loaded. */
export async function main(): Promise<void> {
  // Whoever reads our output may stop reading, as `| head` does; `print` hears of it.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  const [option = '', ...more] = process.argv.slice(2);
  if (more.length === 0 && ['--version', '-V'].includes(option)) return tellVersion();
  const rest = await import('./main.ts');
  await rest.main();
}

async function tellVersion(): Promise<void> {
  try {
    await print(rtbenchVersion);
  } catch (error) {
    complain(messageOf(error));
    process.exitCode = 1;
  }
}
