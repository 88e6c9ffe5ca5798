import type { Peer, ServerSide } from '../../contracts.ts';
import type { ResolvedScenario } from '../../measurements.ts';
import { messageMaker, SCHEDULE_SOURCE, type Stamp } from '../../message.ts';
import type { ServerHalf } from '../application.ts';
import { readToServer, type ToServer, written } from './talk.ts';

const EVERYONE = 'all';

/** One client from its coming to its going, by numbers of the schedule: first that it was sent, first that it was not. */
interface Stay {
  readonly number: number;
  readonly peer: Peer;
  readonly from: number;
  until: number | undefined;
}

/** Speaks to everyone who is there, and keeps account of who that is. */
export class ChurnServer implements ServerHalf {
  readonly #make: ReturnType<typeof messageMaker>;
  /** By peer, while it is there. */
  readonly #present = new Map<Peer, Stay>();
  /** By number, until it is known that nothing was missed. */
  readonly #stays = new Map<number, Stay>();
  /** Stretches of the schedule that were sent to clients after they had been cut off. */
  readonly #unheard: { readonly from: number; readonly until: number }[] = [];
  #number = 0;
  /** The next message of the schedule. */
  #next = 0;

  readonly app: ServerHalf['app'] = {
    opened: (peer) => this.#come(peer),
    received: (peer, message) => {
      const word = readToServer(message);
      if (word?.say === 'leave') this.#goodbye(peer);
      if (word?.say === 'again') this.#again(peer, word);
    },
    closed: (peer) => this.#go(peer),
  };

  constructor({ payloadBytes, payloadKind }: ResolvedScenario) {
    this.#make = messageMaker(payloadBytes, payloadKind);
  }

  publish(side: ServerSide, stamp: Stamp): number {
    if (stamp.source === SCHEDULE_SOURCE) this.#next = stamp.sequence + 1;
    side.publish(EVERYONE, this.#make(stamp));
    return this.#present.size;
  }

  missed(first: number, count: number): number {
    const inside = ({ from, until }: { from: number; until: number }) =>
      Math.max(0, Math.min(until, first + count) - Math.max(from, first));
    return this.#unheard.reduce((sum, stretch) => sum + inside(stretch), 0);
  }

  #come(peer: Peer): void {
    const stay = { number: ++this.#number, peer, from: this.#next, until: undefined };
    this.#present.set(peer, stay);
    this.#stays.set(stay.number, stay);
    peer.join(EVERYONE);
    peer.send(written({ say: 'number', number: stay.number }));
  }

  #goodbye(peer: Peer): void {
    const stay = this.#present.get(peer);
    peer.leave(EVERYONE);
    this.#go(peer);
    if (stay !== undefined) this.#stays.delete(stay.number);
    peer.send(written({ say: 'left' }));
  }

  /** Also where the server has not noticed yet that its former connection is gone: from here on that gets nothing. */
  #again(peer: Peer, { was, heard }: ToServer & { readonly say: 'again' }): void {
    const stay = this.#stays.get(was);
    if (stay !== undefined) {
      stay.peer.leave(EVERYONE);
      this.#go(stay.peer);
      this.#stays.delete(was);
      this.#unheard.push({ from: Math.max(stay.from, heard + 1), until: stay.until ?? this.#next });
    }
    peer.send(written({ say: 'noted' }));
  }

  #go(peer: Peer): void {
    const stay = this.#present.get(peer);
    if (stay === undefined) return;
    stay.until = this.#next;
    this.#present.delete(peer);
  }
}
