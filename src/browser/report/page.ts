import { currentTheme, setTheme } from './theme.ts';
import { unpacked } from './unpacked.ts';

/** What every page can do: change its colours, and give back the result it was made from. */

const actions = document.querySelector<HTMLElement>('.actions');
const theme = document.querySelector<HTMLButtonElement>('#theme');
const download = document.querySelector<HTMLButtonElement>('#download');

function nameTheme(): void {
  if (theme !== null) theme.textContent = currentTheme() === 'dark' ? 'Light' : 'Dark';
}

theme?.addEventListener('click', () => {
  setTheme(currentTheme() === 'dark' ? 'light' : 'dark');
  nameTheme();
});

download?.addEventListener('click', async () => {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(await unpacked(document.querySelector('#result')?.textContent ?? ''));
  link.download = `${document.documentElement.dataset.name ?? 'rtbench'}.json`;
  link.click();
  // The download has begun by then; before, some browsers still need the address.
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
});

matchMedia('(prefers-color-scheme: dark)').addEventListener('change', nameTheme);
nameTheme();
// Without a script neither button would do anything, so they are hidden until here.
if (actions !== null) actions.hidden = false;
