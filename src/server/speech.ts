import type { ServerHalf } from '../applications/index.ts';
import type { ServerSide } from '../contracts.ts';
import { sinceUs } from '../instrument/clock.ts';
import { SCHEDULE_SOURCE, sourceOf, WARM_UP_SOURCE } from '../message.ts';
import { type Arrivals, dueTimesUs } from '../schedule/due-times.ts';
import { Metronome } from '../schedule/metronome.ts';
import { NOTHING_SAID, Publisher, type Said } from '../schedule/publisher.ts';
import { seededRandom } from '../stats/random.ts';
import type { Timeline } from '../timeline.ts';
import type { Missed, ServerStart } from './protocol.ts';
import { beatInClosedLoop, sabotaged } from './sabotage.ts';

/** What one node says: to warm, and then its part of the schedule. */
export class Speech {
  readonly #application: ServerHalf;
  readonly #side: ServerSide;
  readonly #start: ServerStart;
  readonly #metronome = new Metronome();
  /** Messages said to warm. */
  #hurried = 0;
  #publisher: Publisher | null = null;

  constructor(application: ServerHalf, side: ServerSide, start: ServerStart) {
    this.#application = application;
    this.#side = side;
    this.#start = start;
  }

  /** Says so many messages, one a turn of the loop; answers how many deliveries that makes. */
  async burst(count: number): Promise<number> {
    let deliveries = 0;
    let conflated = 0;
    const conflate = () => {
      conflated += 1;
    };
    for (let said = 0; said < count; said++) {
      const stamp = { source: WARM_UP_SOURCE, sequence: this.#hurried, dueUs: 0 };
      this.#hurried += 1;
      deliveries += this.#application.publish?.(this.#side, stamp, conflate) ?? 0;
      await new Promise(setImmediate);
    }
    return deliveries - conflated;
  }

  /** Says its part of the schedule as it becomes due; nodes say the messages by turns, each with a source of its own. */
  begin(timeline: Timeline, arrivals: Arrivals): void {
    const { node, scenario, sabotage, port } = this.#start;
    const dueUs = dueTimesUs(timeline, arrivals, seededRandom(arrivals.seed)).filter(
      (_, place) => place % scenario.nodes === node - 1,
    );
    const source = scenario.nodes === 1 ? SCHEDULE_SOURCE : sourceOf(node);
    const side = sabotage === null ? this.#side : sabotaged(this.#side, sabotage);
    const conflated = (due: number) => publisher.conflate(due);
    const publisher = new Publisher(timeline, dueUs, (sequence, due) => {
      const stamp = { source, sequence, dueUs: due };
      return this.#application.publish?.(side, stamp, conflated) ?? 0;
    });
    this.#publisher = publisher;
    // Whoever takes over a port comes too late for what was due before.
    if (port !== null) publisher.skip(dueUs.filter((atUs) => atUs < sinceUs(timeline.epochNs)).length);
    this.#pace(timeline, dueUs, (passed) => publisher.catchUp(passed));
  }

  /** Settles when all of it has been said. */
  get finished(): Promise<void> {
    return this.#publisher?.finished ?? Promise.resolve();
  }

  get said(): Said {
    return this.#publisher?.said ?? NOTHING_SAID;
  }

  /** The number of the window's first message among all that were said here. */
  get firstNumber(): number {
    return this.#hurried + this.#before + 1;
  }

  /** Of the window's messages, the deliveries to clients that had been cut off on purpose. */
  get missed(): Missed {
    const of = (first: number, count: number) => this.#application.missed?.(first, count) ?? 0;
    const { published, phases } = this.said;
    let first = this.#before;
    const ofPhases = phases.map((phase) => {
      first += phase.published;
      return of(first - phase.published, phase.published);
    });
    return { window: of(this.#before, published), phases: ofPhases };
  }

  /** Says nothing more. */
  async stop(): Promise<void> {
    await this.#metronome.stop();
    this.#publisher?.stop();
  }

  get #before(): number {
    return this.#publisher?.before ?? 0;
  }

  #pace(timeline: Timeline, dueUs: number[], beat: (passed: number) => void): void {
    const { sabotage } = this.#start;
    if (sabotage?.closedLoop === true) {
      beatInClosedLoop(timeline, dueUs, beat);
      return;
    }
    const lateUs = (sabotage?.lateMs ?? 0) * 1000;
    const instantsNs = Float64Array.from(dueUs, (atUs) => timeline.epochNs + (atUs + lateUs) * 1000);
    this.#metronome.start(instantsNs, beat);
  }
}
