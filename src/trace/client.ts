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

/** The one client of a trace: what it does, and what it and the server's application say to each other. */
export class Client {
  readonly #connect: Connect;
  readonly #part: Part;
  readonly #scenario: ResolvedScenario;
  readonly #story: Story;
  readonly #news = { messages: 0, bytes: 0 };
  #lanes: Awaited<ReturnType<typeof openLanes>> = [];
  /** Of the messages that are counted, how many arrived. */
  #arrived = 0;

  constructor(connect: Connect, part: Part, scenario: ResolvedScenario, story: Story) {
    this.#connect = connect;
    this.#part = part;
    this.#scenario = scenario;
    this.#story = story;
  }

  get news(): Conversation['news'] {
    return this.#news;
  }

  get arrived(): number {
    return this.#arrived;
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
      const events = {
        message: (message: Message) => this.#hear(part, message),
        closed: (why: string) => this.#story.tell(`the client's connection is over: ${why}`),
      };
      return beside?.(events) ?? this.#connect(url, events, options);
    });
    await Promise.all(this.#lanes.map(({ part, connection }) => part.enter?.(this.#counting(connection))));
  }

  /** Says one message; answers how often the client itself is to hear it. */
  say(stamp: Omit<Stamp, 'source'>): number {
    const connection = this.#counting(asOne(this.#lanes));
    return this.#part.say?.(connection, { ...stamp, source: sourceOf(0) }) ?? 0;
  }

  /** Whether so many messages have arrived in time. */
  hears(messages: number, withinMs: number): Promise<boolean> {
    return comesTrue(() => this.#arrived >= messages, withinMs);
  }

  /** Says goodbye. */
  async leave(): Promise<void> {
    const connection = asOne(this.#lanes);
    await this.#part.leave?.(this.#counting(connection));
    await connection.close();
  }

  #hear(part: Part, message: Message): void {
    this.#count(message);
    if (typeof part.hear(message) !== 'object') return;
    this.#arrived += 1;
    this.#story.tell(`the application has message ${this.#arrived}`);
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
