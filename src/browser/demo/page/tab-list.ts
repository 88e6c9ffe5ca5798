import { inWords } from '../words/language.ts';
import { element, say } from './element.ts';
import type { Demo, Panel, Tab } from './tab.ts';

/** How far an arrow key goes. */
const STEPS: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowLeft: -1 };

interface Shown {
  readonly tab: Tab;
  readonly button: HTMLButtonElement;
  readonly place: HTMLElement;
  panel: Panel | undefined;
}

/** The tabs and what they show; the address says which one is chosen. */
export class TabList {
  readonly buttons = element('div', { class: 'tabs', role: 'tablist' });
  readonly places = element('main', { id: 'shown', tabindex: '-1' });
  readonly #all: readonly Shown[];
  #chosen: Shown | undefined;
  #demo: Demo | undefined;

  constructor(tabs: readonly Tab[]) {
    this.#all = tabs.map((tab) => this.#prepare(tab));
    this.buttons.append(...this.#all.map(({ button }) => button));
    this.places.append(...this.#all.map(({ place }) => place));
    this.buttons.addEventListener('keydown', (event) => this.#steer(event));
    inWords(({ page }) => this.buttons.setAttribute('aria-label', page.tabs));
  }

  take(demo: Demo): void {
    this.#demo = demo;
    const there = this.#all.filter(({ tab }) => tab.isThere(demo.state));
    for (const one of this.#all) one.button.hidden = !there.includes(one);
    this.buttons.hidden = there.length < 2;
    if (this.#chosen === undefined || !there.includes(this.#chosen)) {
      this.#choose(there.find(({ tab }) => tab.isMeant?.()) ?? there[0]);
    }
    for (const { panel } of this.#all) panel?.take(demo);
  }

  #choose(chosen: Shown | undefined): void {
    if (chosen === undefined || this.#demo === undefined) return;
    if (chosen.panel === undefined) {
      chosen.panel = chosen.tab.make(this.#demo);
      chosen.place.append(chosen.panel.element);
    }
    this.#chosen = chosen;
    for (const one of this.#all) {
      const isChosen = one === chosen;
      one.button.setAttribute('aria-selected', String(isChosen));
      one.button.tabIndex = isChosen ? 0 : -1;
      one.place.hidden = !isChosen;
      one.panel?.shown(isChosen);
    }
  }

  #prepare(tab: Tab): Shown {
    const ids = { id: `tab-${tab.id}`, 'aria-controls': `panel-${tab.id}` };
    const button = element('button', { type: 'button', role: 'tab', 'aria-selected': 'false', ...ids });
    const names = { id: `panel-${tab.id}`, 'aria-labelledby': `tab-${tab.id}` };
    const place = element('div', { role: 'tabpanel', ...names });
    place.hidden = true;
    const shown: Shown = { tab, button, place, panel: undefined };
    button.addEventListener('click', () => this.#choose(shown));
    inWords((words) => say(button, tab.name(words)));
    return shown;
  }

  #steer(event: KeyboardEvent): void {
    const step = STEPS[event.key];
    if (step === undefined) return;
    const there = this.#all.filter(({ button }) => !button.hidden);
    const place = there.findIndex(({ button }) => button === event.target);
    const next = there.at((place + step) % there.length);
    event.preventDefault();
    this.#choose(next);
    next?.button.focus();
  }
}
