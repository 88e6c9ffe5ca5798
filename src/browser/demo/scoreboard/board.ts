import { element, say } from '../page/element.ts';
import { inWords, words } from '../words/language.ts';
import { BEGINNING, look } from './scoreboard.ts';
import { sentence } from './sentence.ts';
import type { Sight } from './sight.ts';

/** The scoreboard in words: the newest sentence large, a few earlier ones below. */
export class Board {
  readonly element: HTMLElement;
  readonly #newest = element('p', { class: 'newest', 'aria-live': 'polite' });
  readonly #earlier = element('ol', { class: 'earlier' });
  #telling = BEGINNING;

  constructor() {
    const heading = element('h2', { class: 'spoken' });
    this.element = element('section', { class: 'scoreboard' }, heading, this.#newest, this.#earlier);
    inWords(({ scoreboard }) => {
      say(heading, scoreboard.heading);
      this.#earlier.setAttribute('aria-label', scoreboard.earlier);
      this.#show();
    });
  }

  take(sight: Sight): void {
    const { said } = this.#telling;
    this.#telling = look(this.#telling, sight);
    if (this.#telling.said !== said) this.#show();
  }

  #show(): void {
    const [newest, ...earlier] = this.#telling.said.map((remark) => sentence(remark, words()));
    say(this.#newest, newest ?? words().scoreboard.begin);
    this.#earlier.replaceChildren(...earlier.map((text) => element('li', {}, text)));
  }
}
