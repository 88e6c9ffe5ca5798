import { spawn } from 'node:child_process';

const OPENERS: Readonly<Partial<Record<NodeJS.Platform, readonly [string, ...string[]]>>> = {
  darwin: ['open'],
  win32: ['cmd', '/c', 'start', '""'],
};

/** Opens the page in the browser that this machine opens pages with; where it has none, that is said and no more. */
export function openInBrowser(url: string, note: (line: string) => void): void {
  const [program, ...args] = OPENERS[process.platform] ?? ['xdg-open'];
  const opener = spawn(program, [...args, url], { detached: true, stdio: 'ignore' });
  const failed = (why: string) =>
    note(`The browser could not be opened (${why}): open the address yourself.`);
  opener.once('error', (error) => failed(error.message));
  opener.once('exit', (code) => {
    if (code !== 0 && code !== null) failed(`${program} ended with code ${code}`);
  });
  opener.unref();
}
