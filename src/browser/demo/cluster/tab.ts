import type { ClusterState, DemoState } from '../../../demo-talk.ts';
import type { Control } from '../page/control.ts';
import { element, say } from '../page/element.ts';
import { inWords, words } from '../words/language.ts';
import { ClusterControls } from './controls.ts';
import { Ear } from './ear.ts';
import { Due } from './hearing.ts';
import { nodeBox, redisBox } from './picture.ts';
import { storyOf } from './story.ts';

const TRANSPORTS = ['websocket', 'socketio'] as const;

/** Two nodes, who listens at each, and what stands between them. */
export class ClusterTab {
  readonly element: HTMLElement;
  readonly #story = element('p', { class: 'story', role: 'status' });
  readonly #controls: ClusterControls;
  readonly #ears: readonly (readonly Ear[])[];
  readonly #a;
  readonly #b;
  readonly #redis = redisBox();
  readonly #picture: HTMLElement;
  #due = new Due();
  #ports = '';
  #wasKilled = false;
  #state: ClusterState | undefined;

  constructor(control: Control) {
    this.#controls = new ClusterControls(control);
    this.#ears = ['A', 'B'].map((node) => TRANSPORTS.map((transport) => new Ear(control, node, transport)));
    const [ofA = [], ofB = []] = this.#ears;
    this.#a = nodeBox('A', ofA);
    this.#b = nodeBox('B', ofB);
    this.#picture = element('div', { class: 'nodes' }, this.#a.element, this.#redis.element, this.#b.element);
    const heading = element('h2');
    const lead = element('p', { class: 'lead' });
    const head = element('section', { class: 'panel' }, heading, lead, this.#controls.element, this.#story);
    this.element = element('div', { class: 'cluster' }, head, this.#picture);
    inWords(({ cluster }) => {
      say(heading, cluster.title);
      say(lead, cluster.lead);
      this.#show();
    });
  }

  set mayControl(mayControl: boolean) {
    this.#controls.mayControl = mayControl;
  }

  state({ cluster, atMs }: DemoState): void {
    this.#state = cluster;
    this.#follow(cluster);
    this.#wasKilled = cluster.phase === 'running' && (this.#wasKilled || cluster.redis === 'killed');
    this.#due.published(cluster.published, atMs);
    this.#show();
  }

  /** The clients go where the nodes are. */
  #follow({ phase, ports }: ClusterState): void {
    const now = phase === 'running' ? ports.join(' ') : '';
    if (now === this.#ports) return;
    this.#ports = now;
    this.#due = new Due();
    for (const [node, ears] of this.#ears.entries()) {
      const port = now === '' ? undefined : ports[node];
      for (const ear of ears) port === undefined ? ear.stop() : ear.listen(port);
    }
  }

  #show(): void {
    const state = this.#state;
    if (state === undefined) return;
    const story = storyOf(state, this.#wasKilled);
    const { cluster } = words();
    say(this.#story, story === 'missing' ? cluster.missing(state.missing ?? '') : cluster.story[story]);
    this.element.dataset.story = story;
    this.#controls.show(state);
    this.#picture.hidden = state.phase !== 'running';
    this.#a.say(cluster.publishes(state.published));
    this.#b.say(cluster.publishesNothing);
    this.#redis.show(state.hasAdapter ? state.redis : 'unused');
    for (const ear of this.#ears.flat()) ear.show(state.published, this.#due.newest);
  }
}
