import { dark, light, type Palette } from '../../../report/charts/palette.ts';
import { kept } from './kept.ts';

/** What can be chosen; `system` follows the system. */
export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

const darkness = matchMedia('(prefers-color-scheme: dark)');
const { chosen, choose } = kept('theme', THEMES);

/** What was chosen. */
export function currentTheme(): Theme {
  return chosen() ?? 'system';
}

/** Chooses, also for the next visit. */
export function setTheme(theme: Theme): void {
  choose(theme);
  applyTheme();
}

/** Shows the page in what was chosen, and in what the system asks for whenever that changes. */
export function applyTheme(): void {
  document.documentElement.dataset.theme = isDark() ? 'dark' : 'light';
}

darkness.addEventListener('change', applyTheme);

/** The colours to draw with now. */
export function currentPalette(): Palette {
  return isDark() ? dark : light;
}

function isDark(): boolean {
  return currentTheme() === 'system' ? darkness.matches : currentTheme() === 'dark';
}
