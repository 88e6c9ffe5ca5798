import type { DemoTransport } from '../../../demo-talk.ts';
import type { Demo } from '../page/tab.ts';
import { currentPalette } from '../page/theme.ts';
import type { LaneName, LaneSight } from '../scoreboard/sight.ts';
import { words } from '../words/language.ts';
import { Card } from './card.ts';
import { drawHistory } from './drawn/history.ts';
import { drawTrail } from './drawn/picture.ts';
import { Lane } from './lane.ts';
import { Costs } from './seen/costs.ts';

/** What carries messages as answers to requests. */
const ASKING = ['polling', 'longpoll'];

/** A lane's client, its costs and its card together. */
export class Track {
  readonly card: Card;
  #demo: Demo;
  #lane: Lane;
  #costs: Costs;
  /** When the history was drawn. */
  #second = 0;

  constructor(name: LaneName, transport: DemoTransport, demo: Demo, extra: readonly Node[]) {
    this.#demo = demo;
    this.card = new Card(name, (text) => this.say(text), extra);
    this.#costs = new Costs(transport);
    this.#lane = this.#connect(transport);
  }

  /** Goes on by another transport. */
  open(transport: DemoTransport): void {
    this.#lane.close();
    this.#costs = new Costs(transport);
    this.#lane = this.#connect(transport);
  }

  say(text: string): void {
    this.#lane.say(text);
  }

  take(demo: Demo): void {
    this.#demo = demo;
    this.#costs.take(demo.state);
    this.refresh();
  }

  /** Shows what this page itself has seen since the newest state. */
  refresh(): void {
    this.#lane.latency.turn(performance.now());
    this.card.take(this.#demo.state, this.#costs.bytesPerMessage);
  }

  draw(nowMs: number): void {
    const palette = currentPalette();
    const { transport, trail, latency } = this.#lane;
    const own = palette.transports[transport] ?? palette.faint;
    const colours = { polling: own, longpoll: own, streaming: own, sse: own, websocket: own };
    const polling = palette.transports['socketio-polling'] ?? own;
    const look = {
      palette,
      colours: transport === 'socketio' ? { ...colours, polling } : colours,
      words: words().lanes,
      isAsking: (carrying: string) => ASKING.includes(carrying),
    };
    drawTrail(this.card.trail, trail, look, nowMs);
    const second = Math.floor(nowMs / 1000);
    const { history } = this.card;
    if (second === this.#second && !history.isBlank) return;
    this.#second = second;
    history.isBlank = false;
    drawHistory(history, latency.history, { bar: own, line: palette.line });
  }

  get sight(): LaneSight {
    const { phase, carrying, asked, empty, trail, conservation, latency } = this.#lane;
    const hanging = trail.hanging;
    return {
      phase,
      carrying,
      asked,
      empty,
      received: conservation.received,
      lost: conservation.lost,
      hangsForMs: hanging === undefined ? null : performance.now() - hanging.startMs,
      latencyMs: latency.minuteMs,
      bytesPerMessage: this.#costs.bytesPerMessage,
    };
  }

  #connect(transport: DemoTransport): Lane {
    const lane = new Lane(transport, this.#demo.control, () => this.#demo.state.settings.pollIntervalMs);
    this.card.show(lane);
    return lane;
  }
}
