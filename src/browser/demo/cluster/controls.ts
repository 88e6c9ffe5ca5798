import type { ClusterState } from '../../../demo-talk.ts';
import type { Control } from '../page/control.ts';
import { element, say } from '../page/element.ts';
import { inWords, words } from '../words/language.ts';

/** Switches of the cluster; only who may control can move them. */
export class ClusterControls {
  readonly element: HTMLElement;
  readonly #on = element('input', { type: 'checkbox', role: 'switch' });
  readonly #adapter = element('input', { type: 'checkbox', role: 'switch' });
  readonly #redis = element('button', { type: 'button', class: 'redis-switch' });
  readonly #watchOnly = element('p', { class: 'hint' });
  #state: ClusterState | undefined;
  #mayControl = false;

  constructor(control: Control) {
    const [on, adapter] = [element('span'), element('span')];
    const ask = () =>
      control.ask({ type: 'cluster', on: this.#on.checked, hasAdapter: this.#adapter.checked });
    this.#adapter.checked = true;
    this.#on.addEventListener('change', ask);
    this.#adapter.addEventListener('change', () => {
      if (this.#on.checked) ask();
    });
    this.#redis.addEventListener('click', () =>
      control.ask({ type: 'redis', killed: this.#state?.redis === 'running' }),
    );
    const switches = [element('label', {}, this.#on, on), element('label', {}, this.#adapter, adapter)];
    const group = element('div', { class: 'switches', role: 'group' }, ...switches, this.#redis);
    this.element = element('div', {}, group, this.#watchOnly);
    inWords(({ cluster }) => {
      group.setAttribute('aria-label', cluster.controls);
      say(on, cluster.cluster);
      say(adapter, cluster.adapter);
      this.#sayState();
    });
  }

  set mayControl(mayControl: boolean) {
    this.#mayControl = mayControl;
    this.#sayState();
  }

  show(state: ClusterState): void {
    const before = this.#state;
    this.#state = state;
    // What somebody else has switched shows here too; what was just switched here is not turned back by an old state.
    if (before?.phase !== state.phase) this.#on.checked = state.phase !== 'off';
    if (before?.hasAdapter !== state.hasAdapter && state.phase !== 'off')
      this.#adapter.checked = state.hasAdapter;
    this.#sayState();
  }

  #sayState(): void {
    const { cluster } = words();
    const state = this.#state;
    const mayNot = !this.#mayControl || state === undefined || state.missing !== null;
    this.#on.disabled = mayNot || state.phase === 'starting';
    this.#adapter.disabled = this.#on.disabled;
    this.#redis.disabled = this.#on.disabled || state?.phase !== 'running' || !state.hasAdapter;
    say(this.#redis, state?.redis === 'killed' ? cluster.restart : cluster.kill);
    say(this.#watchOnly, this.#mayControl ? '' : cluster.watchOnly);
  }
}
