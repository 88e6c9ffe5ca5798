import type { Connection, Message } from '../../contracts.ts';
import { RtbenchError } from '../../errors.ts';
import type { ResolvedScenario } from '../../measurements.ts';
import { messageMaker, numberOfSource, payloadBytes, readStamp, type Stamp } from '../../message.ts';
import type { ClientHalf, Heard, Part } from '../application.ts';
import { ask, readFields } from '../plain.ts';
import { membersOf, roomOf } from './rooms.ts';

/** How long a server may take to let somebody in, and to take note of somebody's leaving. */
const ENTER_MS = 30_000;
const LEAVE_MS = 2_000;

/** What the server tells besides what is said. */
const ASIDES: readonly unknown[] = ['ok', 'refused', 'welcome', 'notice', 'users'];

/** Makes the clients' half: each joins its room and speaks there. */
export function chatClient(scenario: ResolvedScenario): ClientHalf {
  const make = messageMaker(scenario.payloadBytes, 'text');
  return { part: (index) => new ChatPart(index, scenario, make) };
}

class ChatPart implements Part {
  readonly #index: number;
  readonly #scenario: ResolvedScenario;
  readonly #make: (stamp: Stamp) => Message;
  readonly #room: number;
  readonly #audience: number;
  /** Who waits for the reply of that number. */
  readonly #waiting = new Map<unknown, (refusal: string | null) => void>();
  #lastId = 0;

  constructor(index: number, scenario: ResolvedScenario, make: (stamp: Stamp) => Message) {
    this.#index = index;
    this.#scenario = scenario;
    this.#make = make;
    this.#room = roomOf(index, scenario);
    this.#audience = membersOf(this.#room, scenario);
  }

  async enter(connection: Connection): Promise<void> {
    const name = `client-${this.#index}`;
    const request = { type: 'join', room: String(this.#room), name };
    const refusal = await this.#awaitReply(connection, request, ENTER_MS, 'no answer');
    if (refusal !== null) throw new RtbenchError('connect', `${name} could not join its room: ${refusal}`);
  }

  say(connection: Connection, stamp: Stamp): number {
    this.#ask(connection, { type: 'say', text: this.#make(stamp) });
    return this.#audience;
  }

  async leave(connection: Connection): Promise<void> {
    await this.#awaitReply(connection, { type: 'leave' }, LEAVE_MS, null);
  }

  hear(message: Message): Heard {
    const fields = readFields(message);
    if (fields?.type === 'said' && typeof fields.text === 'string')
      return this.#judge(fields.text, fields.room);
    if (fields === undefined || !ASIDES.includes(fields.type)) return 'unreadable';
    if (fields.type === 'ok') this.#waiting.get(fields.id)?.(null);
    else if (fields.type === 'refused') this.#waiting.get(fields.id)?.(String(fields.why));
    return 'aside';
  }

  /** What was said in another room, by what the server says or by who says it, is not for this client. */
  #judge(text: string, room: unknown): Heard {
    const stamp = readStamp(text);
    if (stamp === undefined) return 'unreadable';
    const isMine = roomOf(numberOfSource(stamp.source), this.#scenario) === this.#room;
    if (!isMine || room !== String(this.#room)) return 'misdirected';
    return { stamp, bytes: payloadBytes(text) };
  }

  #ask(connection: Connection, request: object): number {
    this.#lastId += 1;
    const message = JSON.stringify({ ...request, id: this.#lastId });
    ask(connection, message);
    return this.#lastId;
  }

  /** Resolves with why the server refused, null where it did not, or `otherwise` where it does not answer. */
  async #awaitReply(
    connection: Connection,
    request: object,
    withinMs: number,
    otherwise: string | null,
  ): Promise<string | null> {
    const { promise, resolve } = Promise.withResolvers<string | null>();
    const id = this.#ask(connection, request);
    this.#waiting.set(id, resolve);
    const timer = setTimeout(resolve, withinMs, otherwise);
    const refusal = await promise;
    clearTimeout(timer);
    this.#waiting.delete(id);
    return refusal;
  }
}
