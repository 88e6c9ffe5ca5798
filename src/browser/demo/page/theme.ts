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

/** Lets the page know what was chosen. */
export function applyTheme(): void {
  document.documentElement.dataset.theme = currentTheme();
}

/** The colours to draw with now. */
export function currentPalette(): Palette {
  const isDark = currentTheme() === 'system' ? darkness.matches : currentTheme() === 'dark';
  return isDark ? dark : light;
}
