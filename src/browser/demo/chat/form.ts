import { DEMO_TRANSPORTS, type DemoTransport } from '../../../demo-talk.ts';
import { element, say } from '../page/element.ts';
import { inWords, words } from '../words/language.ts';
import { field } from './field.ts';
import type { Wish } from './visit/visit.ts';
import type { Refusal } from './visit/why.ts';

/** Where visitors say who they are, where they want to go and by what. */
export class JoinForm {
  readonly element: HTMLFormElement;
  readonly #name = field('name', { autocomplete: 'nickname' });
  readonly #room = field('room', { list: 'chat-rooms' });
  readonly #rooms = element('datalist', { id: 'chat-rooms' });
  readonly #button = element('button', { class: 'primary' });
  #refusal: Refusal | null = null;
  #isBusy = false;

  constructor(join: (wish: Wish) => void) {
    const heading = element('h2');
    const lead = element('p', { class: 'lead' });
    const legend = element('legend');
    const ways = element('fieldset', { class: 'ways' }, legend, ...DEMO_TRANSPORTS.map(way));
    const fields = element('div', { class: 'fields' }, this.#name.element, this.#room.element, this.#rooms);
    this.element = element('form', { class: 'join panel' }, heading, lead, fields, ways, this.#button);
    this.element.noValidate = true;
    this.element.addEventListener('submit', (event) => {
      event.preventDefault();
      if (!this.#isBusy) join(this.#wish());
    });
    inWords(({ chat }) => {
      say(heading, chat.title);
      say(lead, chat.lead);
      say(legend, chat.form.transport);
      this.#name.label(chat.form.name);
      this.#room.label(chat.form.room);
      this.#rooms.replaceChildren(...chat.form.rooms.map((value) => element('option', { value })));
      if (this.#room.input.value === '') this.#room.input.value = chat.form.rooms[0] ?? '';
      this.#sayState();
    });
    this.choose({ transport: 'polling' });
  }

  /** Fills in what is known already. */
  choose({ name, room, transport }: Partial<Wish>): void {
    if (name !== undefined) this.#name.input.value = name;
    if (room !== undefined) this.#room.input.value = room;
    for (const radio of this.element.querySelectorAll<HTMLInputElement>('input[name="transport"]')) {
      if (radio.value === transport) radio.checked = true;
    }
  }

  set isBusy(isBusy: boolean) {
    this.#isBusy = isBusy;
    this.#sayState();
  }

  /** Says at the field that it is about why the visitor was not let in; null where nothing stands against it any more. */
  refuse(refusal: Refusal | null): void {
    this.#refusal = refusal;
    this.#sayState();
    if (refusal !== null) this.#fieldOf(refusal).input.focus();
  }

  focus(): void {
    (this.#name.input.value === '' ? this.#name.input : this.#button).focus();
  }

  #wish(): Wish {
    const chosen = new FormData(this.element).get('transport');
    const transport: DemoTransport = DEMO_TRANSPORTS.find((one) => one === chosen) ?? 'polling';
    return { name: this.#name.input.value.trim(), room: this.#room.input.value.trim(), transport };
  }

  #sayState(): void {
    const { chat } = words();
    say(this.#button, this.#isBusy ? chat.form.joining : chat.form.join);
    this.#button.setAttribute('aria-disabled', String(this.#isBusy));
    for (const one of [this.#name, this.#room]) {
      const isAtFault = this.#refusal !== null && this.#fieldOf(this.#refusal) === one;
      one.complain(isAtFault && this.#refusal !== null ? chat.refusal(this.#refusal) : '');
    }
  }

  #fieldOf({ type }: Refusal) {
    return type.startsWith('room') ? this.#room : this.#name;
  }
}

/** One transport to choose: what it is called and what it does. */
function way(transport: DemoTransport): HTMLLabelElement {
  const radio = element('input', { type: 'radio', name: 'transport', value: transport });
  const name = element('span', { class: 'name' });
  const manner = element('span', { class: 'manner' });
  inWords(({ chat }) => {
    say(name, chat.names[transport]);
    say(manner, chat.manners[transport]);
  });
  return element('label', { class: 'way', 'data-transport': transport }, radio, name, manner);
}
