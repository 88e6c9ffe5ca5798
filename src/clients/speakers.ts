import { sourceOf } from '../message.ts';
import { type Arrivals, dueTimesUs } from '../schedule/due-times.ts';
import { Metronome } from '../schedule/metronome.ts';
import { speakingOrder } from '../schedule/order.ts';
import { Publisher } from '../schedule/publisher.ts';
import { seededRandom } from '../stats/random.ts';
import type { Timeline } from '../timeline.ts';
import type { Member } from './fleet.ts';

/** Lets one process's clients speak: each message of the common schedule has its speaker, and these say theirs. */
export class Speakers {
  readonly #members: ReadonlyMap<number, Member>;
  readonly #metronome = new Metronome();
  /** Messages that each client has said at most before the schedule. */
  #hurried = 0;

  constructor(members: ReadonlyMap<number, Member>) {
    this.#members = members;
  }

  /** Says so many messages that only warm, by one client after the other, one a turn of the loop. */
  async burst(count: number): Promise<void> {
    const members = [...this.#members.values()];
    for (let number = 0; number < count; number++) {
      const member = members[number % members.length];
      if (number % members.length === 0) this.#hurried += 1;
      if (member !== undefined) say(member, this.#hurried - 1, 0);
      await new Promise(setImmediate);
    }
  }

  /** Says these clients' part of the schedule as it becomes due; all `clients` speak in turn, in a seeded order. */
  start(timeline: Timeline, arrivals: Arrivals, clients: number): Publisher {
    const order = speakingOrder(clients, arrivals.seed);
    const mine = dueTimesUs(timeline, arrivals, seededRandom(arrivals.seed)).flatMap((dueUs, place) => {
      const member = this.#members.get(order[place % clients] ?? 0);
      return member === undefined ? [] : [{ member, dueUs, sequence: Math.floor(place / clients) }];
    });
    const dueUs = mine.map((one) => one.dueUs);
    const publisher = new Publisher(timeline, dueUs, (place) => {
      const one = mine[place];
      return one === undefined ? 0 : say(one.member, this.#hurried + one.sequence, one.dueUs);
    });
    const instantsNs = Float64Array.from(dueUs, (atUs) => timeline.epochNs + atUs * 1000);
    this.#metronome.start(instantsNs, (passed) => publisher.catchUp(passed));
    return publisher;
  }
}

function say({ index, connection, part }: Member, sequence: number, dueUs: number): number {
  return part.say?.(connection, { source: sourceOf(index), sequence, dueUs }) ?? 0;
}
