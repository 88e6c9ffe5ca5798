import { BOUNDS, type DemoSettings } from '../../../demo-talk.ts';
import { element, say } from '../page/element.ts';
import { inWords, words } from '../words/language.ts';

/** What can be chosen, by steps that one hears or sees a difference between. */
const STEPS: Readonly<Record<keyof DemoSettings, readonly number[]>> = {
  eventsPerSecond: [0, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, BOUNDS.eventsPerSecond.most],
  payloadBytes: [BOUNDS.payloadBytes.least, 256, 1024, 4096, BOUNDS.payloadBytes.most],
  pollIntervalMs: [100, 200, 500, 1000, 2000, 5000, 10_000, BOUNDS.pollIntervalMs.most],
  rttMs: [0, 20, 50, 100, 200, 500, 1000, 2000, BOUNDS.rttMs.most],
};

/** A slider for one setting; it shows what is set, by whomever. */
export class Slider {
  readonly element: HTMLElement;
  readonly #setting: keyof DemoSettings;
  readonly #input: HTMLInputElement;
  readonly #output: HTMLOutputElement;
  #value = Number.NaN;

  constructor(setting: keyof DemoSettings, set: (value: number) => void) {
    this.#setting = setting;
    const steps = STEPS[setting];
    const id = `set-${setting}`;
    const most = String(steps.length - 1);
    this.#input = element('input', { id, type: 'range', min: '0', max: most, step: '1' });
    // An output may be labelled too: a label around both would name it in the slider's place.
    const name = element('label', { for: id });
    // The slider says its value by itself.
    this.#output = element('output', { for: id, 'aria-hidden': 'true' });
    const parts = [name, this.#output, this.#input];
    this.element = element('div', { class: 'slider', 'data-setting': setting }, ...parts);
    this.#input.addEventListener('input', () => {
      const value = steps[this.#input.valueAsNumber];
      if (value === undefined) return;
      this.#tell(value);
      set(value);
    });
    inWords(({ controls }) => {
      say(name, controls[setting]);
      if (!Number.isNaN(this.#value)) this.#tell(this.#value);
    });
  }

  /** What is set now; a hand on the slider knows better. */
  show(value: number): void {
    if (value === this.#value || this.#input.matches(':active')) return;
    this.#input.value = String(nearest(STEPS[this.#setting], value));
    this.#tell(value);
  }

  #tell(value: number): void {
    this.#value = value;
    const text = words().controls.value[this.#setting](value);
    say(this.#output, text);
    this.#input.setAttribute('aria-valuetext', text);
  }
}

function nearest(steps: readonly number[], value: number): number {
  const distances = steps.map((step) => Math.abs(step - value));
  return distances.indexOf(Math.min(...distances));
}
