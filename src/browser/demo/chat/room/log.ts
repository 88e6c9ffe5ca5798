import { element, say } from '../../page/element.ts';
import { inWords } from '../../words/language.ts';
import type { Entry, Room } from '../visit/room.ts';
import { itemsOf } from './items.ts';

/** This near to the end somebody reads the newest, and goes on doing so. */
const NEAR_PX = 48;

/** The conversation: a list that grows at its end and lets go of its beginning. */
export class Log {
  readonly element: HTMLElement;
  readonly #list = element('ol');
  readonly #scroller = element('div', { role: 'log', 'aria-live': 'polite', tabindex: '0' }, this.#list);
  readonly #nobody = element('p', { class: 'nobody' });
  readonly #newest = element('button', { type: 'button', class: 'to-end' });
  readonly #shown = new Map<number, readonly HTMLElement[]>();
  #room: Room | undefined;

  constructor() {
    this.element = element('div', { class: 'log' }, this.#scroller, this.#nobody, this.#newest);
    this.#newest.hidden = true;
    this.#newest.addEventListener('click', () => this.goToEnd());
    this.#scroller.addEventListener('scroll', () => this.#noticeEnd());
    inWords(({ chat }) => {
      this.#scroller.setAttribute('aria-label', chat.room.conversation);
      say(this.#nobody, chat.room.nobody);
      say(this.#newest, `↓ ${chat.room.newest}`);
      this.#forget();
      if (this.#room !== undefined) this.show(this.#room);
    });
  }

  /** Another conversation begins. */
  clear(): void {
    this.#room = undefined;
    this.#forget();
  }

  show(room: Room): void {
    if (room.entries === this.#room?.entries && this.#shown.size > 0) return;
    this.#room = room;
    const wasAtEnd = this.#isAtEnd;
    const oldest = room.entries[0]?.key ?? 0;
    for (const [key, shown] of this.#shown) {
      if (key >= oldest) break;
      for (const item of shown) item.remove();
      this.#shown.delete(key);
    }
    const fresh = room.entries.filter(({ key }) => !this.#shown.has(key));
    for (const entry of fresh) this.#add(entry, room.entries[room.entries.indexOf(entry) - 1]);
    this.#nobody.hidden = room.entries.length > 0;
    const isMine = fresh.some((entry) => entry.type === 'said' && entry.isMine && entry.source === 'live');
    if (wasAtEnd || isMine) this.goToEnd();
    else this.#newest.hidden = false;
  }

  #add(entry: Entry, before: Entry | undefined): void {
    const items = itemsOf(entry, before);
    this.#shown.set(entry.key, items);
    this.#list.append(...items);
  }

  #forget(): void {
    this.#shown.clear();
    this.#list.replaceChildren();
  }

  get #isAtEnd(): boolean {
    const { scrollHeight, scrollTop, clientHeight } = this.#scroller;
    return scrollHeight - scrollTop - clientHeight < NEAR_PX;
  }

  #noticeEnd(): void {
    if (this.#isAtEnd) this.#newest.hidden = true;
  }

  /** To the newest. */
  goToEnd(): void {
    this.#scroller.scrollTop = this.#scroller.scrollHeight;
    this.#newest.hidden = true;
  }
}
