/** Which of the two sets of colours the page is shown in. */
export type Theme = 'light' | 'dark';

const darkness = matchMedia('(prefers-color-scheme: dark)');

/** What was chosen on this page, else what the system asks for. */
export function currentTheme(): Theme {
  const chosen = document.documentElement.dataset.theme;
  if (chosen === 'light' || chosen === 'dark') return chosen;
  return darkness.matches ? 'dark' : 'light';
}

/** Chooses for as long as the page is open. */
export function setTheme(theme: Theme): void {
  document.documentElement.dataset.theme = theme;
}

/** Calls back whenever the colours change, for whatever reason. */
export function onThemeChange(act: () => void): void {
  darkness.addEventListener('change', act);
  new MutationObserver(act).observe(document.documentElement, { attributeFilter: ['data-theme'] });
}

/** Text in which variables stand for colours, with those of a theme: both are in a variable's name. */
export function coloured(text: string, theme: Theme): string {
  return text.replace(/var\(--l([0-9a-f]{6})-d([0-9a-f]{6})\)/g, (_, light: string, dark: string) =>
    theme === 'light' ? `#${light}` : `#${dark}`,
  );
}
