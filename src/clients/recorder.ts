import type { Message } from '../contracts.ts';
import { nowNs } from '../instrument/clock.ts';
import { payloadBytes, readStamp, type Stamp } from '../message.ts';
import { createHistogram, encodeHistogram, recordUs } from '../stats/histogram.ts';
import { halfOf, type Timeline } from '../timeline.ts';
import { Arrivals } from './arrivals.ts';
import type { HalfLatency } from './protocol.ts';

/** Takes in every message of one process's clients: latency and conservation by identity, arrivals by clock. */
export class Recorder {
  received = 0;
  delivered = 0;
  duplicated = 0;
  reordered = 0;
  unreadable = 0;
  payloadBytes = 0;
  arrivedInLight = 0;
  readonly arrivedInHalves: [number, number] = [0, 0];
  readonly halves: [HalfLatency, HalfLatency] = [
    { sumUs: 0, count: 0 },
    { sumUs: 0, count: 0 },
  ];
  readonly #histogram = createHistogram();
  #timeline: Timeline | undefined;

  arm(timeline: Timeline): void {
    this.#timeline = timeline;
  }

  /** The listener of one client. */
  listener(): (message: Message) => void {
    const sources = new Map<number, Arrivals>();
    return (message) => {
      const stamp = readStamp(message);
      this.received += 1;
      if (stamp === undefined) {
        this.unreadable += 1;
        return;
      }
      let arrivals = sources.get(stamp.source);
      if (arrivals === undefined) {
        arrivals = new Arrivals();
        sources.set(stamp.source, arrivals);
      }
      const arrival = arrivals.note(stamp.sequence);
      if (this.#timeline === undefined) return;
      const nowUs = (nowNs() - this.#timeline.epochNs) / 1000;
      this.#byClock(this.#timeline, nowUs, message);
      this.#byIdentity(this.#timeline, nowUs, stamp, arrival);
    };
  }

  latencyHdr(): string {
    return encodeHistogram(this.#histogram);
  }

  #byClock(timeline: Timeline, nowUs: number, message: Message): void {
    const half = halfOf(timeline, nowUs);
    if (half !== undefined) {
      this.arrivedInHalves[half] += 1;
      this.payloadBytes += payloadBytes(message);
    } else if (nowUs >= timeline.windowEndUs && nowUs < timeline.lightEndUs) {
      this.arrivedInLight += 1;
    }
  }

  #byIdentity(
    timeline: Timeline,
    nowUs: number,
    { dueUs }: Stamp,
    arrival: ReturnType<Arrivals['note']>,
  ): void {
    const half = halfOf(timeline, dueUs);
    if (half === undefined) return;
    if (arrival === 'again') {
      this.duplicated += 1;
      return;
    }
    if (arrival === 'late') this.reordered += 1;
    this.delivered += 1;
    const latencyUs = nowUs - dueUs;
    recordUs(this.#histogram, latencyUs);
    this.halves[half].sumUs += latencyUs;
    this.halves[half].count += 1;
  }
}
