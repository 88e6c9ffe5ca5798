import type { DemoTransport } from '../../../demo-talk.ts';
import { element, say } from '../page/element.ts';
import type { Demo, Panel, Tab } from '../page/tab.ts';
import { Board } from '../scoreboard/board.ts';
import { LANES, type LaneName } from '../scoreboard/sight.ts';
import { inWords } from '../words/language.ts';
import { drawOften } from './drawn/frames.ts';
import { Greetings } from './greetings.ts';
import { StreamWay } from './stream-way.ts';
import { Track } from './track.ts';

/** Where no states come any more the lanes still show that they are lost. */
const REFRESH_EVERY_MS = 1_000;

/** Five lanes side by side, and what they make one say. */
export const lanes: Tab = {
  id: 'lanes',
  name: (words) => words.lanes.tab,
  isThere: () => true,
  make: (demo) => new Lanes(demo),
};

class Lanes implements Panel {
  readonly element: HTMLElement;
  readonly #board = new Board();
  readonly #tracks: Readonly<Record<LaneName, Track>>;
  readonly #greetings: Greetings;
  #isShown = false;

  constructor(demo: Demo) {
    const way = new StreamWay((transport) => this.#tracks.streaming.open(transport));
    const track = (name: LaneName, transport: DemoTransport = name, extra: readonly Node[] = []) =>
      new Track(name, transport, demo, extra);
    this.#tracks = {
      polling: track('polling'),
      longpoll: track('longpoll'),
      streaming: track('streaming', way.chosen, [way.element]),
      websocket: track('websocket'),
      socketio: track('socketio'),
    };
    this.#greetings = new Greetings(this.#all);
    const heading = element('h2', { class: 'spoken' });
    inWords((words) => say(heading, words.lanes.heading));
    const cards = this.#all.map(({ card }) => card.element);
    this.element = element('div', { class: 'lanes' }, this.#board.element, heading, ...cards);
    setInterval(() => {
      for (const track of this.#all) track.refresh();
    }, REFRESH_EVERY_MS);
    drawOften(() => this.#isShown, this.#all);
  }

  take(demo: Demo): void {
    for (const track of this.#all) track.take(demo);
    const { network, settings, server, atMs, tour } = demo.state;
    this.#greetings.take(tour);
    const { eventsPerSecond } = settings;
    const { polling, longpoll, streaming, websocket, socketio } = this.#tracks;
    this.#board.take({
      atMs,
      eventsPerSecond,
      ...network,
      isRestarting: server === 'restarting',
      lanes: {
        polling: polling.sight,
        longpoll: longpoll.sight,
        streaming: streaming.sight,
        websocket: websocket.sight,
        socketio: socketio.sight,
      },
    });
  }

  shown(isShown: boolean): void {
    this.#isShown = isShown;
  }

  get #all(): readonly Track[] {
    return LANES.map((name) => this.#tracks[name]);
  }
}
