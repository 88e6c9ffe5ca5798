import { DEMO_TRANSPORTS, type DemoTransport } from '../../../../demo-talk.ts';
import { element, say } from '../../page/element.ts';
import { inWords, words } from '../../words/language.ts';
import { withLink } from '../link.ts';
import type { Visit } from '../visit/visit.ts';
import type { Refusal } from '../visit/why.ts';
import { Box } from './box.ts';
import { Log } from './log.ts';
import { People } from './people.ts';

/** What a visitor can do in a room. */
interface Doing {
  say(text: string): boolean;
  moveTo(transport: DemoTransport): void;
  leave(): void;
}

/** A room from inside: what is said, who is here, how one is connected, and where to write. */
export class RoomView {
  readonly element: HTMLElement;
  readonly #name = element('h2', { dir: 'auto' });
  readonly #transport = element('select', { id: 'chat-by' });
  readonly #presence = element('span', { class: 'presence', role: 'status' });
  readonly #log = new Log();
  readonly #people = new People();
  readonly #box: Box;
  #visit: Visit | undefined;

  constructor(doing: Doing) {
    this.#box = new Box((text) => doing.say(text));
    this.#transport.addEventListener('change', () => {
      const chosen = DEMO_TRANSPORTS.find((one) => one === this.#transport.value);
      if (chosen !== undefined) doing.moveTo(chosen);
    });
    const by = element('label', { for: 'chat-by' });
    const leave = element('button', { type: 'button' });
    leave.addEventListener('click', () => doing.leave());
    const carried = element('div', { class: 'by' }, by, this.#transport, this.#presence);
    const head = element(
      'div',
      { class: 'top' },
      this.#name,
      carried,
      copyButton(() => this.#visit),
      leave,
    );
    const talk = element('div', { class: 'hall' }, this.#log.element, this.#box.element);
    this.element = element('section', { class: 'room panel' }, head, talk, this.#people.element);
    inWords(({ chat }) => {
      say(by, chat.room.by);
      this.#transport.setAttribute('aria-label', chat.room.by);
      say(leave, chat.room.leave);
      this.#transport.replaceChildren(
        ...DEMO_TRANSPORTS.map((value) => element('option', { value }, chat.names[value])),
      );
      if (this.#visit !== undefined) this.show(this.#visit);
    });
  }

  show(visit: Visit): void {
    if (visit !== this.#visit) this.#log.clear();
    this.#visit = visit;
    const { room, wish, presence } = visit;
    say(this.#name, room.room);
    this.#transport.value = wish.transport;
    say(this.#presence, words().chat.presence[presence]);
    this.element.dataset.presence = presence;
    this.element.dataset.transport = wish.transport;
    this.#log.show(room);
    this.#people.show(room);
    this.#box.unheard = visit.unheard;
  }

  refuse(refusal: Refusal, text: string | null): void {
    this.#box.refuse(refusal, text);
  }

  /** After it was hidden: a list that is not shown cannot be scrolled. */
  shown(): void {
    this.#log.goToEnd();
  }

  focus(): void {
    this.#box.focus();
  }
}

/** Copies a link to the room, without the token that lets control; absent where a page may not write to the clipboard. */
function copyButton(visit: () => Visit | undefined): HTMLElement {
  const button = element('button', { type: 'button', class: 'copy' });
  // Browsers have none for pages of other machines without TLS, whatever the types say.
  const clipboard: Clipboard | undefined = navigator.clipboard;
  button.hidden = clipboard === undefined;
  inWords(({ chat }) => say(button, chat.room.copy));
  button.addEventListener('click', async () => {
    const now = visit();
    if (now === undefined) return;
    await clipboard.writeText(new URL(withLink('', now.wish), location.href).href).then(
      () => say(button, words().chat.room.copied),
      () => undefined,
    );
  });
  return button;
}
