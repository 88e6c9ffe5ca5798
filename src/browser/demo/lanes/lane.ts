import type { DemoTransport } from '../../../demo-talk.ts';
import type { Client, Phase } from '../clients/client.ts';
import { connect } from '../clients/connect.ts';
import { Clock } from '../page/clock.ts';
import type { Control } from '../page/control.ts';
import { Conservation } from './seen/conservation.ts';
import { Latency } from './seen/latency.ts';
import { type Heard, readNews } from './seen/news.ts';
import { Trail } from './seen/trail.ts';

/** One lane: a browser's client at work, and what was seen of it. */
export class Lane {
  readonly trail = new Trail();
  readonly latency = new Latency();
  readonly conservation = new Conservation();
  readonly transport: DemoTransport;
  /** What a visitor said last. */
  heard: Heard | undefined;
  phase: Phase = 'connecting';
  carrying: string;
  asked = 0;
  empty = 0;
  readonly #control: Control;
  readonly #client: Client;

  constructor(transport: DemoTransport, control: Control, pollIntervalMs: () => number) {
    this.transport = transport;
    this.carrying = transport;
    this.#control = control;
    const events = {
      asked: (id: number) => this.#asked(id),
      answered: (id: number, messages: number | null) => this.#answered(id, messages),
      state: (phase: Phase, carrying: string) => this.#turned(phase, carrying),
      message: (text: string) => this.#message(text),
    };
    this.#client = connect(transport, control.baseOf('lane', transport), events, { pollIntervalMs });
  }

  say(text: string): void {
    this.trail.spoke(performance.now());
    this.#client.send(text);
  }

  close(): void {
    this.#client.close();
  }

  #asked(id: number): void {
    this.asked++;
    this.trail.asked(id, this.carrying, performance.now());
  }

  #answered(id: number, messages: number | null): void {
    if (messages === 0) this.empty++;
    this.trail.answered(id, messages, performance.now());
  }

  #turned(phase: Phase, carrying: string): void {
    this.phase = phase;
    this.carrying = carrying;
    this.trail.turned(phase, carrying, performance.now());
  }

  #message(text: string): void {
    const news = readNews(text);
    if (news === undefined || !this.conservation.take(news.n)) return;
    const landedMs = performance.now();
    const latencyMs = this.#control.clock.ageMs(news.atMs, Clock.ownMs());
    this.latency.take(latencyMs, landedMs);
    const isOwn = news.from === this.transport;
    this.trail.landed({ publishedMs: landedMs - latencyMs, landedMs, isOwn });
    if (news.from !== undefined) this.heard = news;
  }
}
