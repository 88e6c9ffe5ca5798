import type { Part } from '../applications/index.ts';
import { asOne, openLanes } from '../clients/lanes.ts';
import type { Connect, Connection, Message } from '../contracts.ts';
import { comesTrue } from '../instrument/clock.ts';
import type { Conversation } from '../measurements/trace/trace.ts';
import type { ResolvedScenario } from '../measurements.ts';
import { payloadBytes, type Stamp, sourceOf } from '../message.ts';
import { transportOptions } from '../plan/transport-options.ts';
import { seededRandom } from '../random.ts';
import type { Story } from './story.ts';

/** Whom a client tells, and what ends its waiting. */
interface Surroundings {
  readonly story: Story;
  readonly signal: AbortSignal;
}

/** The one client of a trace: what it does, and what it and the server's application say to each other. */
export class Client {
  readonly #connect: Connect;
  readonly #part: Part;
  readonly #scenario: ResolvedScenario;
  readonly #story: Story;
  readonly #signal: AbortSignal;
  readonly #news = { messages: 0, bytes: 0 };
  #lanes: Awaited<ReturnType<typeof openLanes>> = [];
  /** Of the messages that are counted, how many arrived, and how many were given up. */
  #arrived = 0;
  #missed = 0;
  /** How often its connection broke, and whether it is open now. */
  #losses = 0;
  #isOpen = false;
  /** It will not come back by itself. */
  #isOver = false;

  constructor(connect: Connect, part: Part, scenario: ResolvedScenario, { story, signal }: Surroundings) {
    this.#connect = connect;
    this.#part = part;
    this.#scenario = scenario;
    this.#story = story;
    this.#signal = signal;
  }

  get news(): Conversation['news'] {
    return this.#news;
  }

  get arrived(): number {
    return this.#arrived;
  }

  /** The number of the next message that is to arrive. */
  get next(): number {
    return this.#arrived + this.#missed + 1;
  }

  /** How often it was without a connection. */
  get losses(): number {
    return this.#losses;
  }

  get carrying(): string {
    return asOne(this.#lanes).carrying;
  }

  /** Connects, and takes part. */
  async come(url: URL): Promise<void> {
    const options = {
      ...transportOptions(this.#scenario),
      random: seededRandom(this.#scenario.seed),
    };
    this.#lanes = await openLanes(this.#part, (part, beside) => {
      const events = { ...this.#events, message: (message: Message) => this.#hear(part, message) };
      return beside?.(events) ?? this.#connect(url, events, options);
    });
    this.#isOpen = true;
    this.#isOver = false;
    await Promise.all(this.#lanes.map(({ part, connection }) => part.enter?.(this.#counting(connection))));
  }

  /** Says one message; answers how often the client itself is to hear it. */
  say(stamp: Omit<Stamp, 'source'>): number {
    const connection = this.#counting(asOne(this.#lanes));
    return this.#part.say?.(connection, { ...stamp, source: sourceOf(0) }) ?? 0;
  }

  /** Whether so many messages have arrived in time. */
  hears(messages: number, withinMs: number): Promise<boolean> {
    return comesTrue(() => this.#arrived >= messages, withinMs, this.#signal);
  }

  /** Whether it has noticed in time that its connection broke so often. */
  notices(losses: number, withinMs: number): Promise<boolean> {
    return comesTrue(() => this.#losses >= losses, withinMs, this.#signal);
  }

  /** Whether it is back in time, by itself. */
  async isBack(withinMs: number): Promise<boolean> {
    await comesTrue(() => this.#isOpen || this.#isOver, withinMs, this.#signal);
    return this.#isOpen;
  }

  /** The next message is not waited for any more. */
  miss(): void {
    this.#story.tell(`message ${this.next} is lost`);
    this.#missed += 1;
  }

  /** Says goodbye. */
  async leave(): Promise<void> {
    const connection = asOne(this.#lanes);
    await this.#part.leave?.(this.#counting(connection));
    await connection.close();
  }

  /** Is gone without a word. */
  async cut(): Promise<void> {
    await Promise.all(this.#lanes.map(({ connection }) => connection.cut()));
  }

  readonly #events = {
    interrupted: (why: string) => this.#lose(`the client notices: ${why}; it tries to come back`),
    resumed: (whole: boolean) => {
      this.#isOpen = true;
      this.#story.tell(`the client is back, ${whole ? 'and gets what it missed' : 'as a newcomer'}`);
    },
    closed: (why: string) => {
      this.#isOver = true;
      this.#lose(`the client's connection is over: ${why}`);
    },
  };

  #lose(told: string): void {
    this.#losses += 1;
    this.#isOpen = false;
    this.#story.tell(told);
  }

  #hear(part: Part, message: Message): void {
    this.#count(message);
    if (typeof part.hear(message) !== 'object') return;
    this.#story.tell(`the application has message ${this.next}`);
    this.#arrived += 1;
  }

  #count(message: Message): void {
    this.#news.messages += 1;
    this.#news.bytes += payloadBytes(message);
  }

  /** The same connection; what is said over it is counted. */
  #counting(connection: Connection): Connection {
    const ask = connection.ask?.bind(connection);
    const counted = (say: (message: Message) => void) => (message: Message) => {
      this.#count(message);
      say(message);
    };
    return {
      send: counted((message) => connection.send(message)),
      ...(ask !== undefined && { ask: counted(ask) }),
      close: () => connection.close(),
      cut: () => connection.cut(),
      carrying: connection.carrying,
    };
  }
}
