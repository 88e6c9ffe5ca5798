import { element } from '../page/element.ts';
import type { Demo, Panel, Tab } from '../page/tab.ts';
import { connecting } from './connecting.ts';
import { JoinForm } from './form.ts';
import { readLink, withLink } from './link.ts';
import { Price } from './price.ts';
import { RoomView } from './room/view.ts';
import { type Connect, Visit, type Wish } from './visit/visit.ts';
import type { Refusal } from './visit/why.ts';

/** People in rooms, each by the transport of their choice. */
export const chat: Tab = {
  id: 'chat',
  name: (words) => words.chat.tab,
  isThere: () => true,
  isMeant: () => readLink(location.hash).room !== null,
  make: (demo) => new Chat(demo),
};

/** A form to come in by, and then the room, with what the visitor's transport does below. */
class Chat implements Panel {
  readonly element = element('div', { class: 'chat' });
  readonly #form = new JoinForm((wish) => this.#join(wish));
  readonly #price = new Price();
  readonly #view: RoomView;
  readonly #connect: Connect;
  #visit: Visit | undefined;
  #isInside = false;
  #isShown = false;
  #pollIntervalMs: number;

  constructor(demo: Demo) {
    this.#pollIntervalMs = demo.state.settings.pollIntervalMs;
    this.#connect = connecting(demo.control, this.#price, () => this.#pollIntervalMs);
    this.#view = new RoomView({
      say: (text) => this.#say(text),
      moveTo: (transport) => {
        void this.#visit?.moveTo(transport);
        this.#keepLink();
      },
      leave: () => void this.#visit?.leave(),
    });
    this.#readLink();
    this.#showInside(false);
    addEventListener('hashchange', () => this.#readLink());
    addEventListener('pagehide', () => this.#visit?.hangUp());
  }

  take({ state }: Demo): void {
    this.#pollIntervalMs = state.settings.pollIntervalMs;
  }

  /** One stays in the room also while looking at something else. */
  shown(isShown: boolean): void {
    this.#isShown = isShown;
    this.#price.isShown = isShown && this.#isInside;
    if (isShown) this.#view.shown();
  }

  #readLink(): void {
    const { room, transport } = readLink(location.hash);
    this.#form.choose({ ...(room && { room }), ...(transport && { transport }) });
  }

  #join(wish: Wish): void {
    this.#form.refuse(null);
    this.#form.isBusy = true;
    this.#visit = new Visit(wish, this.#connect, {
      changed: () => this.#changed(),
      refused: (refusal, text) => this.#refused(refusal, text),
      heard: (tookMs) => this.#price.heard(tookMs),
    });
  }

  #say(text: string): boolean {
    const isSaid = this.#visit?.say(text) ?? false;
    if (isSaid) this.#price.said();
    return isSaid;
  }

  #changed(): void {
    const visit = this.#visit;
    if (visit === undefined) return;
    const isInside = visit.presence === 'in' || visit.presence === 'returning';
    if (isInside) this.#view.show(visit);
    if (isInside === this.#isInside) return;
    this.#showInside(isInside);
    if (isInside) {
      this.#keepLink();
      this.#view.focus();
    } else this.#form.focus();
  }

  #refused(refusal: Refusal, text: string | null): void {
    if (this.#isInside) {
      this.#view.refuse(refusal, text);
    } else {
      this.#form.isBusy = false;
      this.#form.refuse(refusal);
    }
  }

  #showInside(isInside: boolean): void {
    this.#isInside = isInside;
    this.#price.isShown = isInside && this.#isShown;
    this.#form.isBusy = false;
    const shown = isInside ? [this.#view.element, this.#price.element] : [this.#form.element];
    this.element.replaceChildren(...shown);
  }

  /** So that the address leads here again, and others here. */
  #keepLink(): void {
    if (this.#visit !== undefined) history.replaceState(null, '', withLink(location.hash, this.#visit.wish));
  }
}
