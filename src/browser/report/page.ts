import { currentTheme, setTheme } from './theme.ts';

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
  link.href = URL.createObjectURL(await inflatedResult());
  link.download = `${document.documentElement.dataset.name ?? 'rtbench'}.json`;
  link.click();
  // The download has begun by then; before, some browsers still need the address.
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
});

matchMedia('(prefers-color-scheme: dark)').addEventListener('change', nameTheme);
nameTheme();
// Without a script neither button would do anything, so they are hidden until here.
if (actions !== null) actions.hidden = false;

/** The result that the page was made from, byte for byte. */
function inflatedResult(): Promise<Blob> {
  const text = document.querySelector('#result')?.textContent ?? '';
  const packed = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Response(stream, { headers: { 'content-type': 'application/json' } }).blob();
}
