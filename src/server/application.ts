import type { App, Message, ServerSide } from '../contracts.ts';

/** A workload's server side, written once over the transport-neutral contracts. */
export interface Application {
  readonly app: App;
  /** Sends one message of the schedule; answers how many clients it is meant for. */
  publish(side: ServerSide, message: Message): number;
  /** How many answers of request-based transports carried nothing. */
  readonly emptyAnswers: number;
}

const EVERYONE = 'all';

/** Everyone is in one room, and the server speaks. */
export class Broadcast implements Application {
  emptyAnswers = 0;
  #members = 0;

  readonly app: App = {
    opened: (peer) => {
      this.#members += 1;
      peer.join(EVERYONE);
    },
    received: () => undefined,
    closed: () => {
      this.#members -= 1;
    },
    answered: (messages) => {
      if (messages === 0) this.emptyAnswers += 1;
    },
  };

  publish(side: ServerSide, message: Message): number {
    side.publish(EVERYONE, message);
    return this.#members;
  }
}
