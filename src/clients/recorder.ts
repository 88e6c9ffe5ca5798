import type { Part } from '../applications/index.ts';
import type { Message } from '../contracts.ts';
import { nowNs } from '../instrument/clock.ts';
import type { Stamp } from '../message.ts';
import { createHistogram, encodeHistogram, recordUs } from '../stats/histogram.ts';
import { halfOf, type Timeline } from '../timeline.ts';
import { Arrivals } from './arrivals.ts';
import type { ClientsShare, HalfLatency } from './protocol.ts';

/** Takes in every message of one process's clients: latency and conservation by identity, arrivals by clock. */
export class Recorder {
  received = 0;
  delivered = 0;
  duplicated = 0;
  reordered = 0;
  unreadable = 0;
  misdirected = 0;
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

  /** The listener of one client, which makes out its messages by its part. */
  listener(part: Part): (message: Message) => void {
    const sources = new Map<number, Arrivals>();
    return (message) => {
      const heard = part.hear(message);
      if (heard === 'aside') return;
      this.received += 1;
      if (heard === 'unreadable' || heard === 'misdirected') {
        this[heard] += 1;
        return;
      }
      const { stamp, bytes } = heard;
      let arrivals = sources.get(stamp.source);
      if (arrivals === undefined) {
        arrivals = new Arrivals();
        sources.set(stamp.source, arrivals);
      }
      const arrival = arrivals.note(stamp.sequence);
      if (this.#timeline === undefined) return;
      const nowUs = (nowNs() - this.#timeline.epochNs) / 1000;
      this.#byClock(this.#timeline, nowUs, bytes);
      this.#byIdentity(this.#timeline, nowUs, stamp, arrival);
    };
  }

  /** What it has taken in until now. */
  share(): Omit<ClientsShare, 'said' | 'churn' | 'readings' | 'loopDelayP99Ms' | 'dropped'> {
    const { delivered, duplicated, reordered, unreadable, misdirected } = this;
    const { arrivedInHalves, arrivedInLight, payloadBytes, halves } = this;
    return {
      ...{ delivered, duplicated, reordered, unreadable, misdirected },
      ...{ arrivedInHalves, arrivedInLight, payloadBytes, halves },
      latencyHdr: encodeHistogram(this.#histogram),
    };
  }

  #byClock(timeline: Timeline, nowUs: number, bytes: number): void {
    const half = halfOf(timeline, nowUs);
    if (half !== undefined) {
      this.arrivedInHalves[half] += 1;
      this.payloadBytes += bytes;
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
