import type { DemoTransport } from '../../../demo-talk.ts';
import type { Phase } from '../clients/client.ts';
import { connect } from '../clients/connect.ts';
import { readNews } from '../lanes/seen/news.ts';
import type { Control } from '../page/control.ts';
import { element, say } from '../page/element.ts';
import { words } from '../words/language.ts';
import { Hearing } from './hearing.ts';

/** How many events the picture shows. */
const SHOWN = 24;

/** One client of one node, and what it hears. */
export class Ear {
  readonly element: HTMLElement;
  readonly #name = element('strong');
  readonly #state = element('span', { class: 'link' });
  readonly #dots = element('div', { class: 'dots', role: 'img' });
  readonly #figures = element('p', { class: 'tally' });
  readonly #control: Control;
  readonly #transport: DemoTransport;
  #hearing: Hearing | null = null;
  #phase: Phase = 'closed';
  #close = () => {};

  constructor(control: Control, node: string, transport: DemoTransport) {
    this.#control = control;
    this.#transport = transport;
    const head = element('p', { class: 'head' }, this.#name, ' ', this.#state);
    const data = { class: 'ear', 'data-node': node, 'data-transport': transport };
    this.element = element('li', data, head, this.#dots, this.#figures);
    for (let place = 0; place < SHOWN; place += 1) this.#dots.append(element('span'));
  }

  /** Connects to a node's port; what was heard before was another cluster's. */
  listen(port: number): void {
    this.stop();
    const events = {
      asked: () => undefined,
      answered: () => undefined,
      state: (phase: Phase) => {
        this.#phase = phase;
      },
      message: (text: string) => this.#hear(text),
    };
    const base = this.#control.baseOf('lane', this.#transport, port);
    const client = connect(this.#transport, base, events, { pollIntervalMs: () => 1000 });
    this.#close = () => client.close();
  }

  stop(): void {
    this.#close();
    this.#close = () => {};
    this.#hearing = null;
    this.#phase = 'closed';
  }

  /** `published` is the newest event, `due` the newest that should be here by now. */
  show(published: number, due: number): void {
    // What is published from now on is for this client.
    if (this.#hearing === null && this.#phase === 'open') this.#hearing = new Hearing(published);
    const { cluster, chat } = words();
    const hearing = this.#hearing ?? new Hearing(published);
    const missing = hearing.missing(due);
    say(this.#name, chat.names[this.#transport]);
    say(this.#state, cluster.state[this.#phase]);
    const newest = hearing.newest === null ? cluster.notYet : `#${hearing.newest}`;
    say(
      this.#figures,
      `${cluster.newest} ${newest} · ${cluster.heard} ${hearing.count} · ${cluster.missed} ${missing}`,
    );
    this.element.dataset.count = String(hearing.count);
    this.element.dataset.missing = String(missing);
    this.#drawDots(hearing, published, due);
  }

  #hear(text: string): void {
    const news = readNews(text);
    if (news !== undefined) this.#hearing?.hear(news.n);
  }

  #drawDots(hearing: Hearing, published: number, due: number): void {
    let shown = 0;
    for (const [place, dot] of [...this.#dots.children].entries()) {
      const n = published - SHOWN + 1 + place;
      const isHeard = hearing.hasHeard(n);
      if (isHeard) shown += 1;
      const state = n <= hearing.since ? 'before' : isHeard ? 'landed' : n <= due ? 'missing' : 'under-way';
      if (dot.className !== state) dot.className = state;
    }
    this.#dots.setAttribute('aria-label', words().cluster.dots(shown, SHOWN));
  }
}
