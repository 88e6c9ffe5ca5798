import type { App, Message, Peer, ServerSide } from '../../contracts.ts';
import type { DemoTransport, News } from '../../demo-talk.ts';
import type { Publishing } from '../protocol.ts';
import type { CpuShares } from './cpu-shares.ts';
import type { Visitors } from './door/visitors.ts';
import { Pace } from './pace.ts';

/** The one room that everybody is in. */
const ROOM = 'all';
const MOST_CHARACTERS = 500;

/** The same events for all lanes: on a schedule, and what visitors say. */
export class Lanes {
  /** Number of the newest event. */
  published: number;
  readonly #sides = new Map<DemoTransport, ServerSide>();
  readonly #shares: CpuShares<DemoTransport | null>;
  readonly #visitors: Visitors;
  readonly #pace = new Pace(() => this.#publish(`#${this.published + 1}`));
  #payloadBytes = 0;

  constructor(firstNumber: number, shares: CpuShares<DemoTransport | null>, visitors: Visitors) {
    this.published = firstNumber - 1;
    this.#shares = shares;
    this.#visitors = visitors;
  }

  /** What one lane's transport serves. */
  app(from: DemoTransport): Omit<App, 'answered'> {
    return {
      opened: (peer) => peer.join(ROOM),
      received: (peer, message) => this.#hear(peer, message, from),
      closed: () => undefined,
    };
  }

  serve(transport: DemoTransport, side: ServerSide): void {
    this.#sides.set(transport, side);
  }

  set({ eventsPerSecond, payloadBytes }: Publishing): void {
    this.#payloadBytes = payloadBytes;
    this.#pace.set(eventsPerSecond);
  }

  stop(): void {
    this.#pace.stop();
  }

  #hear(peer: Peer, message: Message, from: DemoTransport): void {
    if (!this.#visitors.maySpeak(peer) || typeof message !== 'string') return;
    const text = message.trim();
    if (text !== '' && text.length <= MOST_CHARACTERS) this.#publish(text, from);
  }

  #publish(text: string, from?: DemoTransport): void {
    this.published += 1;
    const atMs = Date.now();
    const news: News = { n: this.published, atMs, ...(from !== undefined && { from }), text };
    // JSON may have spaces behind it: the text stays as it was said.
    const json = JSON.stringify(news);
    const padded = json + ' '.repeat(Math.max(0, this.#payloadBytes - Buffer.byteLength(json)));
    // Not inside what a lane does just now: that is counted apart.
    process.nextTick(() => this.#tell(padded, [...this.#sides]));
  }

  /** One lane after the other, so that each is counted alone. */
  #tell(news: string, [lane, ...others]: readonly (readonly [DemoTransport, ServerSide])[]): void {
    if (lane === undefined) return;
    const [transport, side] = lane;
    this.#shares.workOut(
      transport,
      () => side.publish(ROOM, news),
      () => this.#tell(news, others),
    );
  }
}
