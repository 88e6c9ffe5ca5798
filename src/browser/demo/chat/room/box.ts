import { element, say } from '../../page/element.ts';
import { inWords, words } from '../../words/language.ts';
import type { Refusal } from '../visit/why.ts';

/** From this many characters on their number is shown. */
const LONG = 400;

/** Where a message is written. */
export class Box {
  readonly element: HTMLFormElement;
  readonly #text = element('textarea', {
    id: 'chat-text',
    rows: '1',
    'aria-describedby': 'chat-hint chat-not-sent',
  });
  readonly #button = element('button', { class: 'primary' });
  readonly #length = element('span', { class: 'length' });
  readonly #sending = element('span', { class: 'sending' });
  readonly #error = element('p', { id: 'chat-not-sent', class: 'error', 'aria-live': 'assertive' });
  #unheard = 0;
  #refused: { readonly refusal: Refusal; readonly text: string | null } | null = null;

  /** `send` answers false where it cannot be said now. */
  constructor(send: (text: string) => boolean) {
    const label = element('label', { for: 'chat-text', class: 'spoken' });
    const hint = element('span', { id: 'chat-hint' });
    const line = element('div', { class: 'line' }, this.#text, this.#button);
    const below = element('p', { class: 'hint' }, hint, this.#sending, this.#length);
    this.element = element('form', { class: 'box' }, label, line, this.#error, below);
    const submit = () => this.#submit(send);
    this.element.addEventListener('submit', (event) => {
      event.preventDefault();
      submit();
    });
    this.#text.addEventListener('keydown', (event) => {
      // Enter may finish a syllable that is being composed: 229 is what Safari says of it afterwards.
      const isComposing = event.isComposing || event.keyCode === 229;
      if (event.key !== 'Enter' || event.shiftKey || isComposing) return;
      event.preventDefault();
      submit();
    });
    this.#text.addEventListener('input', () => this.#fit());
    inWords(({ chat }) => {
      say(label, chat.box.label);
      this.#text.placeholder = chat.box.placeholder;
      say(this.#button, chat.box.send);
      say(hint, chat.box.hint);
      this.#sayState();
    });
  }

  /** How many messages were sent and not heard yet. */
  set unheard(count: number) {
    if (count === this.#unheard) return;
    this.#unheard = count;
    this.#sayState();
  }

  /** Says why a message was not taken, and gives it back where nothing else is being written. */
  refuse(refusal: Refusal, text: string | null): void {
    const isFree = this.#text.value === '';
    if (isFree && text !== null) this.#text.value = text;
    this.#refused = { refusal, text: isFree ? null : text };
    this.#fit();
    this.#sayState();
  }

  focus(): void {
    this.#text.focus();
  }

  #submit(send: (text: string) => boolean): void {
    const text = this.#text.value.trim();
    if (text === '' || !send(text)) return;
    this.#refused = null;
    this.#text.value = '';
    this.#fit();
    this.#sayState();
    this.#text.focus();
  }

  /** As high as what is written in it; the style says how high at most. */
  #fit(): void {
    this.#text.style.height = 'auto';
    this.#text.style.height = `${this.#text.scrollHeight}px`;
    const { length } = this.#text.value;
    say(this.#length, length < LONG ? '' : String(length));
  }

  #sayState(): void {
    const { chat } = words();
    say(this.#sending, this.#unheard === 0 ? '' : chat.box.sending(this.#unheard));
    const refused = this.#refused;
    const why = refused === null ? '' : chat.refusal(refused.refusal);
    const lost = refused?.text ?? null;
    say(this.#error, lost === null ? why : `${why} ${chat.box.notSent(lost)}`);
  }
}
