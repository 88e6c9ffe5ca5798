import { element, say } from '../page/element.ts';
import { currentLanguage, inWords, words } from '../words/language.ts';
import { hueOf } from './hue.ts';
import type { Entry, Room } from './visit/room.ts';

/** This near to the end somebody reads the newest, and goes on doing so. */
const NEAR_PX = 48;

type Said = Extract<Entry, { readonly type: 'said' }>;

/** The conversation: a list that grows at its end and lets go of its beginning. */
export class Log {
  readonly element: HTMLElement;
  readonly #list = element('ol', { role: 'log', 'aria-live': 'polite', tabindex: '0' });
  readonly #nobody = element('p', { class: 'nobody' });
  readonly #newest = element('button', { type: 'button', class: 'newest' });
  readonly #shown = new Map<number, HTMLElement>();
  #room: Room | undefined;

  constructor() {
    this.element = element('div', { class: 'log' }, this.#list, this.#nobody, this.#newest);
    this.#newest.hidden = true;
    this.#newest.addEventListener('click', () => this.#goToEnd());
    this.#list.addEventListener('scroll', () => this.#noticeEnd());
    inWords(({ chat }) => {
      this.#list.setAttribute('aria-label', chat.room.conversation);
      say(this.#nobody, chat.room.nobody);
      say(this.#newest, `↓ ${chat.room.newest}`);
      this.#forget();
      if (this.#room !== undefined) this.show(this.#room);
    });
  }

  show(room: Room): void {
    if (room.entries === this.#room?.entries && this.#shown.size > 0) return;
    if (this.#room?.name !== room.name || this.#room.room !== room.room) this.#forget();
    this.#room = room;
    const wasAtEnd = this.#isAtEnd;
    const oldest = room.entries[0]?.key ?? 0;
    for (const [key, shown] of this.#shown) {
      if (key >= oldest) break;
      shown.remove();
      this.#shown.delete(key);
    }
    const fresh = room.entries.filter(({ key }) => !this.#shown.has(key));
    for (const entry of fresh) this.#add(entry, room.entries[room.entries.indexOf(entry) - 1]);
    this.#nobody.hidden = room.entries.length > 0;
    const isMine = fresh.some((entry) => entry.type === 'said' && entry.isMine && entry.source === 'live');
    if (wasAtEnd || isMine) this.#goToEnd();
    else this.#newest.hidden = false;
  }

  #add(entry: Entry, before: Entry | undefined): void {
    const shown = entry.type === 'said' ? lineOf(entry, before) : asideOf(entry);
    this.#shown.set(entry.key, shown);
    this.#list.append(shown);
  }

  #forget(): void {
    this.#shown.clear();
    this.#list.replaceChildren();
  }

  get #isAtEnd(): boolean {
    const { scrollHeight, scrollTop, clientHeight } = this.#list;
    return scrollHeight - scrollTop - clientHeight < NEAR_PX;
  }

  #noticeEnd(): void {
    if (this.#isAtEnd) this.#newest.hidden = true;
  }

  #goToEnd(): void {
    this.#list.scrollTop = this.#list.scrollHeight;
    this.#newest.hidden = true;
  }
}

/** Somebody's words; the name stands over the first of several. Nothing of it is ever markup. */
function lineOf(entry: Said, before: Entry | undefined): HTMLElement {
  const { chat } = words();
  const isFirst = before?.type !== 'said' || before.name !== entry.name || before.source !== entry.source;
  const who = element(
    'span',
    { class: 'who', dir: 'auto', 'data-hue': String(hueOf(entry.name)) },
    entry.name,
  );
  const head = element('p', { class: isFirst ? 'head' : 'spoken' }, who);
  if (entry.isMine) head.append(' ', element('span', { class: 'you' }, `(${chat.room.you})`));
  const text = element('p', { class: 'text', dir: 'auto' }, entry.text);
  const shown = element(
    'li',
    { class: `said ${entry.source}`, 'data-mine': String(entry.isMine) },
    head,
    text,
  );
  const notes = [timeOf(entry), entry.tookMs === null ? '' : chat.took(entry.tookMs)];
  const note = notes.filter((one) => one !== '').join(' · ');
  if (note !== '') shown.append(element('p', { class: 'note' }, note));
  return shown;
}

function asideOf(entry: Exclude<Entry, Said>): HTMLElement {
  const { chat } = words();
  const text = entry.type === 'notice' ? chat.notice(entry.notice) : chat.remark(entry.remark);
  const kind = entry.type === 'notice' ? 'notice' : `remark ${entry.remark.type}`;
  const shown = element('li', { class: kind }, element('span', { dir: 'auto' }, text));
  if (entry.type === 'notice') shown.append(' ', element('span', { class: 'note' }, timeOf(entry)));
  return shown;
}

function timeOf({ atMs }: Entry): string {
  if (atMs === null) return '';
  return new Date(atMs).toLocaleTimeString(currentLanguage(), { hour: '2-digit', minute: '2-digit' });
}
