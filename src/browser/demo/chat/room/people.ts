import { element, say } from '../../page/element.ts';
import { inWords, words } from '../../words/language.ts';
import type { Room } from '../visit/room.ts';
import { hueOf } from './hue.ts';

/** Who is here, and how many they are. */
export class People {
  readonly element: HTMLElement;
  readonly #heading = element('h3', { id: 'chat-people' });
  readonly #list = element('ul', { 'aria-labelledby': 'chat-people' });
  #room: Room | undefined;

  constructor() {
    this.element = element('aside', { class: 'people' }, this.#heading, this.#list);
    inWords(() => this.#say());
  }

  show(room: Room): void {
    if (room.users === this.#room?.users) return;
    this.#room = room;
    this.#say();
  }

  #say(): void {
    if (this.#room === undefined) return;
    const { chat } = words();
    const { users, count, name } = this.#room;
    say(this.#heading, chat.room.count(count));
    const people = users.map((user) => {
      const who = element('span', { class: 'who', dir: 'auto', 'data-hue': String(hueOf(user)) }, user);
      return element('li', {}, who, user === name ? ` (${chat.room.you})` : '');
    });
    const more = count - users.length;
    this.#list.replaceChildren(...people, ...(more > 0 ? [element('li', {}, chat.room.more(more))] : []));
  }
}
