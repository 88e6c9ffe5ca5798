import type { Words } from '../words/en.ts';
import { inWords } from '../words/language.ts';
import { element, say } from './element.ts';

/** A list to choose one from. */
export function choice<Value extends string>(settings: {
  readonly values: readonly Value[];
  readonly chosen: Value;
  label(words: Words): string;
  name(value: Value, words: Words): string;
  choose(value: Value): void;
}): HTMLElement {
  const { values, chosen, choose } = settings;
  const select = element('select');
  const options = values.map((value) => element('option', { value }));
  select.append(...options);
  select.value = chosen;
  select.addEventListener('change', () => {
    const value = values.find((one) => one === select.value);
    if (value !== undefined) choose(value);
  });
  inWords((words) => {
    select.setAttribute('aria-label', settings.label(words));
    for (const [index, value] of values.entries()) {
      const option = options[index];
      if (option !== undefined) say(option, settings.name(value, words));
    }
  });
  return select;
}
