import type { Connection, Message } from '../../contracts.ts';
import { RtbenchError } from '../../errors.ts';
import type { ResolvedScenario } from '../../measurements.ts';
import { numberOfSource } from '../../message.ts';
import type { ClientHalf, Heard, Part } from '../application.ts';
import { Interests } from './symbols.ts';
import { readAnswer, subscribeTo } from './talk.ts';
import { hearUpdate } from './update.ts';

/** Clients that each follow some symbols. */
export function exchangeClient(scenario: ResolvedScenario): ClientHalf {
  const interests = new Interests(scenario);
  return { part: (index) => new Follower(interests.of(index)) };
}

/** Subscribes, and hears updates of nothing else. */
class Follower implements Part {
  readonly #symbols: ReadonlySet<number>;
  readonly #entered = Promise.withResolvers<void>();

  constructor(symbols: ReadonlySet<number>) {
    this.#symbols = symbols;
  }

  enter(connection: Connection): Promise<void> {
    const wish = subscribeTo(this.#symbols);
    if (connection.ask === undefined) connection.send(wish);
    else connection.ask(wish);
    return this.#entered.promise;
  }

  hear(message: Message): Heard {
    const answer = readAnswer(message);
    if (answer === undefined) {
      const heard = hearUpdate(message);
      if (heard === 'unreadable') return heard;
      return this.#symbols.has(numberOfSource(heard.stamp.source)) ? heard : 'misdirected';
    }
    if (answer.refusal === undefined) this.#entered.resolve();
    else this.#entered.reject(new RtbenchError('connect', `Subscribing was refused: ${answer.refusal}`));
    return 'aside';
  }
}
