import type { ClusterState } from '../../../demo-talk.ts';
import { element, say } from '../page/element.ts';
import type { Demo, Panel, Tab } from '../page/tab.ts';
import { inWords, words } from '../words/language.ts';
import { ClusterControls } from './controls.ts';
import { Ear } from './ear.ts';
import { Due } from './hearing.ts';
import { nodeBox, redisBox } from './picture.ts';
import { storyOf } from './story.ts';

const TRANSPORTS = ['websocket', 'socketio'] as const;

/** Two nodes, who listens at each, and what stands between them. */
export const cluster: Tab = {
  id: 'cluster',
  name: (words) => words.cluster.tab,
  isThere: () => true,
  make: (demo) => new Cluster(demo),
};

class Cluster implements Panel {
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

  constructor({ control }: Demo) {
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

  take({ state: { cluster, atMs }, mayControl }: Demo): void {
    this.#controls.mayControl = mayControl;
    this.#state = cluster;
    this.#follow(cluster);
    this.#wasKilled = cluster.phase === 'running' && (this.#wasKilled || cluster.redis === 'killed');
    this.#due.published(cluster.published, atMs);
    this.#show();
  }

  shown(): void {}

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
