import { element, say } from '../page/element.ts';

/** A line to fill in with its label, and under it what is wrong with it. */
export function field(name: string, attributes: Readonly<Record<string, string>>) {
  const id = `chat-${name}`;
  const label = element('label', { for: id });
  const input = element('input', { id, name, 'aria-describedby': `${id}-error`, ...attributes });
  const error = element('p', { id: `${id}-error`, class: 'error', 'aria-live': 'assertive' });
  return {
    element: element('div', { class: 'field' }, label, input, error),
    input,
    label: (text: string) => say(label, text),
    /** Empty where nothing is wrong. */
    complain(text: string) {
      say(error, text);
      input.setAttribute('aria-invalid', String(text !== ''));
    },
  };
}
