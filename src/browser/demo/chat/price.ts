import { DEMO_TRANSPORTS, type DemoTransport } from '../../../demo-talk.ts';
import type { Phase } from '../clients/client.ts';
import { drawOften } from '../lanes/drawn/frames.ts';
import { drawTrail } from '../lanes/drawn/picture.ts';
import { Sheet } from '../lanes/drawn/sheet.ts';
import { Trail } from '../lanes/seen/trail.ts';
import { element, say } from '../page/element.ts';
import { currentPalette } from '../page/theme.ts';
import { inWords, words } from '../words/language.ts';

/** What carries messages by being asked for them. */
const ASKING = ['polling', 'longpoll'];

/** What the visitor's own transport does for the chat: its requests and messages in a moving picture, and their numbers. */
export class Price {
  readonly element: HTMLElement;
  readonly #sentence = element('p', { class: 'sentence' });
  readonly #canvas = element('canvas', { role: 'img' });
  readonly #sheet = new Sheet(this.#canvas);
  #trail = new Trail();
  isShown = false;
  #transport: DemoTransport = 'polling';
  #carrying = '';
  #asked = 0;
  #empty = 0;
  #heard = 0;

  constructor() {
    const heading = element('h3');
    this.element = element('section', { class: 'price panel' }, heading, this.#sentence, this.#canvas);
    inWords(({ chat }) => {
      say(heading, chat.price.title);
      this.#say();
    });
    drawOften(() => this.isShown, [this]);
  }

  /** Begins anew with a connection, and answers with who is to be told of it. */
  begin(transport: DemoTransport) {
    const trail = new Trail();
    this.#trail = trail;
    this.#transport = transport;
    this.#carrying = transport;
    this.#asked = 0;
    this.#empty = 0;
    this.#heard = 0;
    this.#say();
    const ifCurrent = (act: () => void) => {
      if (trail !== this.#trail) return;
      act();
      this.#say();
    };
    return {
      asked: (id: number) =>
        ifCurrent(() => {
          this.#asked += 1;
          trail.asked(id, this.#carrying, performance.now());
        }),
      answered: (id: number, messages: number | null) =>
        ifCurrent(() => {
          if (messages === 0) this.#empty += 1;
          trail.answered(id, messages, performance.now());
        }),
      state: (phase: Phase, carrying: string) =>
        ifCurrent(() => {
          this.#carrying = carrying;
          trail.turned(phase, carrying, performance.now());
        }),
    };
  }

  /** The visitor said something. */
  said(): void {
    this.#trail.spoke(performance.now());
  }

  /** Something said was heard, which if it is the visitor's own took so long. */
  heard(tookMs: number | null): void {
    const landedMs = performance.now();
    this.#heard += 1;
    this.#trail.landed({ publishedMs: landedMs - (tookMs ?? 0), landedMs, isOwn: tookMs !== null });
    this.#say();
  }

  #say(): void {
    const { price } = words().chat;
    const text = ASKING.includes(this.#transport)
      ? price.sentence(this.#asked, this.#empty, this.#heard)
      : price.pushed(this.#heard);
    say(this.#sentence, text);
    this.#canvas.setAttribute('aria-label', text);
  }

  draw(nowMs: number): void {
    const palette = currentPalette();
    const isAsking = (carrying: string) => ASKING.includes(carrying);
    const colours = Object.fromEntries(
      DEMO_TRANSPORTS.map((one) => [one, palette.transports[one] ?? palette.faint]),
    );
    drawTrail(this.#sheet, this.#trail, { palette, colours, isAsking, words: words().lanes }, nowMs);
  }
}
