import type { Connection, Message } from '../../contracts.ts';
import type { ResolvedScenario } from '../../measurements.ts';
import { numberOfSource } from '../../message.ts';
import { Admission } from '../admission.ts';
import type { ClientHalf, Heard, Part } from '../application.ts';
import { Interests } from './symbols.ts';
import { SUBSCRIBED, subscribeTo } from './talk.ts';
import { hearUpdate } from './update.ts';

/** Clients that each follow some symbols. */
export function exchangeClient(scenario: ResolvedScenario): ClientHalf {
  const interests = new Interests(scenario);
  return { part: (index) => new Follower(interests.of(index)) };
}

/** Subscribes, and hears updates of nothing else. */
class Follower implements Part {
  readonly #symbols: ReadonlySet<number>;
  readonly #admission = new Admission(SUBSCRIBED, 'Subscribing');

  constructor(symbols: ReadonlySet<number>) {
    this.#symbols = symbols;
  }

  enter(connection: Connection): Promise<void> {
    return this.#admission.seek(connection, subscribeTo(this.#symbols));
  }

  hear(message: Message): Heard {
    if (this.#admission.hears(message)) return 'aside';
    const heard = hearUpdate(message);
    if (heard === 'unreadable') return heard;
    return this.#symbols.has(numberOfSource(heard.stamp.source)) ? heard : 'misdirected';
  }
}
