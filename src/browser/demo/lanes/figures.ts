import type { DemoState } from '../../../demo-talk.ts';
import { element, say } from '../page/element.ts';
import type { Words } from '../words/en.ts';
import { inWords, words } from '../words/language.ts';
import type { Lane } from './lane.ts';

const NAMES = ['requests', 'up', 'down', 'perMessage', 'cpu', 'received', 'lost'] as const;
type Name = (typeof NAMES)[number];

/** A lane's figures: how late messages are, and what they have cost until now. */
export class Figures {
  readonly element: HTMLElement;
  readonly #latency = element('strong', { class: 'latency' });
  readonly #minute = element('span', { class: 'minute' });
  readonly #empty = element('small', { class: 'empty' });
  readonly #together = element('p', { class: 'together' });
  readonly #values: Readonly<Record<Name, HTMLElement>>;

  constructor(history: HTMLElement) {
    const label = element('span', { class: 'label' });
    const latency = element('div', { class: 'now' }, label, this.#latency, history, this.#minute);
    const value = () => element('span');
    this.#values = {
      requests: value(),
      up: value(),
      down: value(),
      perMessage: value(),
      cpu: value(),
      received: value(),
      lost: value(),
    };
    const list = element('dl', {}, ...NAMES.map((name) => this.#row(name)));
    this.element = element('div', { class: 'figures' }, latency, list, this.#together);
    inWords(({ lanes }) => {
      label.textContent = lanes.latency;
    });
  }

  take(lane: Lane, state: DemoState, bytesPerMessage: number | null): void {
    const { format, lanes } = words();
    const count = state.lanes[lane.transport];
    const { nowMs, minuteMs } = lane.latency;
    say(this.#latency, nowMs === null ? lanes.none : format.time(nowMs));
    say(this.#minute, minuteMs === null ? lanes.noMinute : lanes.minute(minuteMs));
    say(this.#empty, lanes.empty(count.emptyAnswers));
    this.#tell('requests', format.count(count.requests));
    this.#tell('up', format.bytes(count.bytesUp));
    this.#tell('down', format.bytes(count.bytesDown));
    this.#tell('perMessage', bytesPerMessage === null ? lanes.none : format.bytes(bytesPerMessage));
    this.#tell('cpu', format.time(count.cpuUs / 1000));
    this.#tell('received', format.count(lane.conservation.received));
    this.#tell('lost', format.count(lane.conservation.lost));
    say(this.#together, state.visitors > 1 ? lanes.together(state.visitors) : '');
    this.element.dataset.loses = String(lane.conservation.lost > 0);
  }

  #tell(name: Name, text: string): void {
    say(this.#values[name], text);
  }

  #row(name: Name): HTMLElement {
    const term = element('dt');
    inWords(({ lanes }: Words) => say(term, lanes[name]));
    const value = element('dd', {}, this.#values[name]);
    if (name === 'requests') value.append(this.#empty);
    return element('div', { 'data-figure': name }, term, value);
  }
}
