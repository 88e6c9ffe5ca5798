import { element, say } from '../page/element.ts';
import { inWords, words } from '../words/language.ts';
import { BEGINNING, look } from './scoreboard.ts';
import { sentence } from './sentence.ts';
import type { Remark, Sight } from './sight.ts';

/** Sentences that stay to be read after the newest. */
const EARLIER = 3;

/** The scoreboard in words: the newest sentence large, a few earlier ones below. */
export class Board {
  readonly element: HTMLElement;
  readonly #newest = element('p', { class: 'newest', 'aria-live': 'polite' });
  readonly #earlier = element('ol', { class: 'earlier' });
  #telling = BEGINNING;
  /** The newest first. */
  #said: readonly Remark[] = [];

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
    const { telling, remark } = look(this.#telling, sight);
    this.#telling = telling;
    if (remark === null) return;
    this.#said = [remark, ...this.#said].slice(0, 1 + EARLIER);
    this.#show();
  }

  #show(): void {
    const [newest, ...earlier] = this.#said.map((remark) => sentence(remark, words()));
    say(this.#newest, newest ?? words().scoreboard.begin);
    this.#earlier.replaceChildren(...earlier.map((text) => element('li', {}, text)));
  }
}
