import { currentLanguage, inWords, LANGUAGES, type Language, setLanguage } from '../words/language.ts';
import { choice } from './choice.ts';
import { element, say } from './element.ts';
import { currentTheme, setTheme, THEMES } from './theme.ts';

const NAMES: readonly Language[] = ['en', 'ko'];

/** The page's head: what this is, the tabs, and how the page is read. */
export function head(tabs: HTMLElement, visitors: HTMLElement, trouble: HTMLElement): HTMLElement {
  const title = element('h1', {}, 'rtbench');
  const lead = element('p', { class: 'lead' });
  const skip = element('a', { class: 'skip', href: '#shown' });
  const language = choice({
    values: NAMES,
    chosen: currentLanguage(),
    label: ({ page }) => page.language,
    name: (value) => LANGUAGES[value],
    choose: setLanguage,
  });
  const theme = choice({
    values: THEMES,
    chosen: currentTheme(),
    label: ({ page }) => page.theme,
    name: (value, { page }) => page.themes[value],
    choose: setTheme,
  });
  inWords(({ page }) => {
    document.title = page.title;
    say(lead, page.lead);
    say(skip, page.skip);
  });
  const reading = element('div', { class: 'reading' }, visitors, language, theme);
  return element('header', {}, skip, element('div', { class: 'brand' }, title, lead), tabs, reading, trouble);
}
