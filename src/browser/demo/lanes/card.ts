import type { DemoState } from '../../../demo-talk.ts';
import { element, say } from '../page/element.ts';
import type { LaneName } from '../scoreboard/sight.ts';
import type { Words } from '../words/en.ts';
import { inWords, words } from '../words/language.ts';
import { Sheet } from './drawn/sheet.ts';
import { Figures } from './figures.ts';
import type { Lane } from './lane.ts';

/** The longest that a visitor may say here. */
const MOST_CHARACTERS = 200;

/** What one lane shows beside its moving pictures. */
export class Card {
  readonly element: HTMLElement;
  readonly trail: Sheet;
  readonly history: Sheet;
  readonly #name: LaneName;
  readonly #state = element('span', { class: 'state' });
  readonly #idea = element('p', { class: 'idea' });
  readonly #heard = element('p', { class: 'heard' });
  readonly #figures: Figures;
  #lane: Lane | undefined;

  /** `extra` stands below the lane's name. */
  constructor(name: LaneName, say: (text: string) => void, extra: readonly Node[] = []) {
    this.#name = name;
    const trail = element('canvas', { class: 'trail', role: 'img' });
    const history = element('canvas', { class: 'history', 'aria-hidden': 'true' });
    const heading = element('h3', { id: `lane-${name}` });
    const title = element('div', { class: 'title' }, heading, this.#state);
    const about = element('div', { class: 'about' }, title, ...extra, this.#heard);
    const talk = element('div', { class: 'talk' }, this.#idea, sayForm(name, say));
    this.#figures = new Figures(history);
    this.element = element(
      'article',
      { class: 'lane', 'data-lane': name, 'aria-labelledby': heading.id },
      about,
      trail,
      talk,
      this.#figures.element,
    );
    this.trail = new Sheet(trail);
    this.history = new Sheet(history);
    inWords(({ lanes }) => {
      heading.textContent = lanes.name[name];
      trail.setAttribute('aria-label', lanes.picture(lanes.name[name]));
      this.#tellIdea();
    });
  }

  /** Shows another client's work from now on. */
  show(lane: Lane): void {
    this.#lane = lane;
    this.#tellIdea();
  }

  take(state: DemoState, bytesPerMessage: number | null): void {
    const lane = this.#lane;
    if (lane === undefined) return;
    say(this.#state, stateIn(words(), lane));
    this.element.dataset.phase = lane.phase;
    this.element.dataset.carrying = lane.carrying;
    this.#figures.take(lane, state, bytesPerMessage);
    if (lane.heard === undefined) return;
    const { from = lane.transport, text } = lane.heard;
    say(this.#heard, `${words().lanes.name[from]}: ${text}`);
  }

  #tellIdea(): void {
    say(this.#idea, words().lanes.idea[this.#lane?.transport ?? this.#name]);
  }
}

function stateIn({ lanes }: Words, { phase, carrying }: Lane): string {
  const names: Readonly<Record<string, string>> = lanes.carrying;
  return lanes.state[phase](names[carrying] ?? carrying);
}

function sayForm(name: LaneName, send: (text: string) => void): HTMLElement {
  const field = element('input', { type: 'text', maxlength: String(MOST_CHARACTERS), autocomplete: 'off' });
  const button = element('button', { type: 'submit' });
  const form = element('form', { class: 'say' }, field, button);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const text = field.value.trim();
    if (text === '') return;
    send(text);
    field.value = '';
  });
  inWords(({ lanes }) => {
    field.setAttribute('aria-label', lanes.saying(lanes.name[name]));
    field.placeholder = lanes.placeholder;
    button.textContent = lanes.say;
  });
  return form;
}
