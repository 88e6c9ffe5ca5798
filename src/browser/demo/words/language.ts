import { kept } from '../page/kept.ts';
import { en, type Words } from './en.ts';
import { ko } from './ko.ts';

/** The languages of the page, each by its own name. */
export const LANGUAGES = { en: 'English', ko: '한국어' } as const;
export type Language = keyof typeof LANGUAGES;

const NAMES = ['en', 'ko'] as const;
const ALL: Readonly<Record<Language, Words>> = { en, ko };
const { chosen, choose } = kept('language', NAMES);
const listeners: ((words: Words) => void)[] = [];

/** What was chosen, else the first of the browser's that the page knows. */
export function currentLanguage(): Language {
  const own = navigator.languages.map((tag) => NAMES.find((name) => tag.startsWith(name)));
  return chosen() ?? own.find((name) => name !== undefined) ?? 'en';
}

/** The words to use now. */
export function words(): Words {
  return ALL[currentLanguage()];
}

/** Chooses, also for the next visit; all that is on the page changes its words. */
export function setLanguage(language: Language): void {
  choose(language);
  document.documentElement.lang = language;
  for (const listener of listeners) listener(words());
}

/** Says something now, and anew when the language changes. */
export function inWords(listener: (words: Words) => void): void {
  listeners.push(listener);
  listener(words());
}
