import { element, say } from '../page/element.ts';
import type { Words } from '../words/en.ts';
import { inWords, words } from '../words/language.ts';

/** A button that does a harm and undoes it; it says what a click will do. */
export class Toggle {
  readonly element: HTMLButtonElement;
  readonly #name: keyof Words['controls']['toggle'];
  #isOn = false;

  constructor(name: keyof Words['controls']['toggle'], turn: (on: boolean) => void) {
    this.#name = name;
    this.element = element('button', { type: 'button', 'data-control': name });
    this.element.addEventListener('click', () => turn(!this.#isOn));
    inWords(() => this.show(this.#isOn));
  }

  show(isOn: boolean): void {
    this.#isOn = isOn;
    this.element.dataset.on = String(isOn);
    const { on, off } = words().controls.toggle[this.#name];
    say(this.element, isOn ? off : on);
  }
}
