import type { Asking, DemoSettings } from '../../../demo-talk.ts';
import { element, say } from '../page/element.ts';
import type { Demo } from '../page/tab.ts';
import { inWords, words } from '../words/language.ts';
import { Slider } from './slider.ts';
import { Toggle } from './toggle.ts';

const SETTINGS = ['eventsPerSecond', 'payloadBytes', 'pollIntervalMs', 'rttMs'] as const;
/** Below this the controls would fill the screen, so they open when asked. */
const ROOMY = '(min-width: 60rem)';
/** How long a refusal stays to be read. */
const REFUSAL_MS = 6_000;

/** What can be done to the server and the network between. */
export class Controls {
  readonly element: HTMLElement;
  readonly #sliders: readonly (readonly [keyof DemoSettings, Slider])[];
  readonly #cut: Toggle;
  readonly #block: Toggle;
  readonly #restart: HTMLButtonElement;
  readonly #all = element('fieldset');
  readonly #reason = element('p', { class: 'reason' });
  readonly #refusal = element('p', { class: 'refusal', role: 'status' });
  #timer = 0;

  constructor(ask: (asking: Asking) => void) {
    this.#sliders = SETTINGS.map((name) => [
      name,
      new Slider(name, (value) => ask({ type: 'set', settings: { [name]: value } })),
    ]);
    this.#cut = new Toggle('cut', (on) => ask({ type: 'cut', on }));
    this.#block = new Toggle('block', (on) => ask({ type: 'block-websocket', on }));
    this.#restart = element('button', { type: 'button', 'data-control': 'restart' });
    this.#restart.addEventListener('click', () => ask({ type: 'restart-server' }));
    const sliders = element('div', { class: 'sliders' }, ...this.#sliders.map(([, { element }]) => element));
    const buttons = element(
      'div',
      { class: 'buttons' },
      this.#cut.element,
      this.#block.element,
      this.#restart,
    );
    const legend = element('legend', { class: 'spoken' });
    this.#all.append(legend, sliders, buttons);
    const summary = element('summary');
    const details = element(
      'details',
      { class: 'controls' },
      summary,
      this.#reason,
      this.#all,
      this.#refusal,
    );
    details.open = matchMedia(ROOMY).matches;
    this.element = element('aside', {}, details);
    this.#all.disabled = true;
    inWords(({ controls }) => {
      this.element.setAttribute('aria-label', controls.heading);
      say(summary, controls.heading);
      say(legend, controls.heading);
      say(this.#reason, controls.mayNot);
      say(this.#restart, controls.restart);
    });
    this.#reason.hidden = true;
  }

  take({ state, mayControl }: Demo): void {
    const { settings, network, server } = state;
    this.#all.disabled = !mayControl;
    this.#reason.hidden = mayControl;
    for (const [name, slider] of this.#sliders) slider.show(settings[name]);
    this.#cut.show(network.isCut);
    this.#block.show(network.isWebSocketBlocked);
    const isRestarting = server === 'restarting';
    say(this.#restart, isRestarting ? words().controls.restarting : words().controls.restart);
    this.#restart.setAttribute('aria-disabled', String(isRestarting));
  }

  refuse(why: string): void {
    say(this.#refusal, words().controls.refused(why));
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => say(this.#refusal, ''), REFUSAL_MS);
  }
}
