import type { ClientOptions, Connection, Message } from '../../contracts.ts';
import type { DemoTransport, LaneCount } from '../../demo-talk.ts';
import { findTransport } from '../../transports/index.ts';

/** One moment of a lane: news came, it asked in vain, it is there and waits, or it is cut off. */
export type Moment = 'news' | 'vain' | 'waiting' | 'lost';

/** What a lane shows. */
export interface LaneView {
  readonly transport: DemoTransport;
  /** What carries it now; null while it is cut off. */
  readonly carrying: string | null;
  readonly received: number;
  readonly lost: number;
  /** How old the newest event was when it came; null before the first. */
  readonly latencyMs: number | null;
  /** The newest last. */
  readonly moments: readonly Moment[];
}

const COME_BACK_MS = 500;
const MOST_MOMENTS = 400;

/** One transport's own client at the demo, which comes back whenever it is lost. */
export class TerminalLane {
  readonly #transport: DemoTransport;
  readonly #url: URL;
  readonly #options: ClientOptions;
  readonly #moments: Moment[] = [];
  #connection: Connection | undefined;
  #timer: NodeJS.Timeout | undefined;
  #isInterrupted = false;
  #isOver = false;
  #received = 0;
  #lost = 0;
  #newest: number | undefined;
  #latencyMs: number | null = null;
  #before = { received: 0, emptyAnswers: 0 };

  constructor(transport: DemoTransport, origin: URL, options: ClientOptions) {
    this.#transport = transport;
    this.#url = new URL(`/lane/${transport}/`, origin);
    this.#options = options;
  }

  get view(): LaneView {
    const isThere = this.#connection !== undefined && !this.#isInterrupted;
    return {
      transport: this.#transport,
      carrying: isThere ? (this.#connection?.carrying ?? null) : null,
      received: this.#received,
      lost: this.#lost,
      latencyMs: this.#latencyMs,
      moments: this.#moments,
    };
  }

  /** Connects, and goes on trying where that fails; resolves after the first try. */
  async open(): Promise<void> {
    try {
      const connect = await findTransport(this.#transport)?.client();
      const connection = await connect?.(
        this.#url,
        {
          message: (message) => this.#hear(message),
          closed: () => this.#comeBack(),
          interrupted: () => {
            this.#isInterrupted = true;
          },
          resumed: () => {
            this.#isInterrupted = false;
          },
        },
        this.#options,
      );
      this.#isInterrupted = false;
      this.#connection = connection;
      if (this.#isOver) await connection?.cut();
    } catch {
      this.#comeBack();
    }
  }

  say(text: string): void {
    this.#connection?.send(text);
  }

  /** Notes what the time since the last look was like. */
  look({ emptyAnswers }: Pick<LaneCount, 'emptyAnswers'>): void {
    const before = this.#before;
    this.#before = { received: this.#received, emptyAnswers };
    this.#moments.push(this.#momentSince(before, emptyAnswers));
    if (this.#moments.length > MOST_MOMENTS) this.#moments.shift();
  }

  async close(): Promise<void> {
    this.#isOver = true;
    clearTimeout(this.#timer);
    await this.#connection?.cut();
  }

  #momentSince(before: { received: number; emptyAnswers: number }, emptyAnswers: number): Moment {
    if (this.#received > before.received) return 'news';
    if (this.#connection === undefined || this.#isInterrupted) return 'lost';
    return emptyAnswers > before.emptyAnswers ? 'vain' : 'waiting';
  }

  #hear(message: Message): void {
    const { n, atMs }: { n?: unknown; atMs?: unknown } = JSON.parse(message.toString());
    if (typeof n !== 'number' || typeof atMs !== 'number') return;
    if (this.#newest !== undefined && n <= this.#newest) return;
    this.#lost += n - (this.#newest ?? n - 1) - 1;
    this.#newest = n;
    this.#received += 1;
    this.#latencyMs = Math.max(0, performance.timeOrigin + performance.now() - atMs);
  }

  #comeBack(): void {
    this.#connection = undefined;
    if (!this.#isOver) this.#timer = setTimeout(() => void this.open(), COME_BACK_MS);
  }
}
