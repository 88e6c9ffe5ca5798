import { TOUR_CHAPTERS, type TourState } from '../../../demo-talk.ts';
import { element, say } from '../page/element.ts';
import { words } from '../words/language.ts';

/** The band that says where the tour is; nothing where there is none. */
export class TourBand {
  readonly element: HTMLElement;
  readonly #place = element('span', { class: 'place' });
  readonly #title = element('strong');
  readonly #words = element('span', { class: 'words' });
  readonly #progress = element('progress', { max: '1' });

  constructor() {
    const text = element('p', { 'aria-live': 'polite' }, this.#place, this.#title, this.#words);
    this.element = element('section', { class: 'tour' }, text, this.#progress);
    this.element.hidden = true;
  }

  take(tour: TourState | null): void {
    this.element.hidden = tour === null;
    if (tour === null) return;
    const { label, chapter } = words().tour;
    const { title, words: told } = chapter[tour.chapter];
    this.element.setAttribute('aria-label', label);
    this.#progress.setAttribute('aria-label', label);
    // The last is no chapter, but a goodbye.
    const place = TOUR_CHAPTERS.indexOf(tour.chapter) + 1;
    say(this.#place, tour.chapter === 'end' ? '' : `${place} / ${TOUR_CHAPTERS.length - 1}`);
    say(this.#title, title);
    say(this.#words, told);
    this.#progress.value = tour.progress;
  }
}
