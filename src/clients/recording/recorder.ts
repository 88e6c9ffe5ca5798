import type { Heard, Part } from '../../applications/index.ts';
import type { ClientEvents, Message } from '../../contracts.ts';
import { sinceUs } from '../../instrument/clock.ts';
import { readStampAt, type Slate } from '../../message.ts';
import { createHistogram, encodeHistogram, type Histogram, recordUs } from '../../stats/histogram.ts';
import { halfOf, phaseOf, type Timeline } from '../../timeline.ts';
import type { ClientsShare, HalfLatency } from '../protocol.ts';
import { type Arrival, Sources } from './arrivals.ts';
import type { Hops } from './hops.ts';
import type { Trouble } from './trouble.ts';

type Measured = Exclude<Heard, string>;

/** What one client's connection tells of messages. */
export type Listener = Pick<ClientEvents, 'message' | 'skim'>;

/** What one phase has come to so far. */
interface PhaseCount {
  delivered: number;
  arrived: number;
  readonly histogram: Histogram;
}

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
  /** The latest message of those that are only skimmed. */
  readonly #plain: { readonly stamp: Slate; bytes: number } = {
    stamp: { source: 0, sequence: 0, dueUs: 0 },
    bytes: 0,
  };
  #phases: readonly PhaseCount[] = [];
  readonly #staleness = createHistogram();
  readonly #channels = new Map<number, Histogram>();
  readonly #trouble: Trouble | null;
  readonly #hops: Hops | null;
  #timeline: Timeline | undefined;

  /** It tells these too, where things go wrong and where there are several nodes. */
  constructor(trouble: Trouble | null = null, hops: Hops | null = null) {
    this.#trouble = trouble;
    this.#hops = hops;
  }

  arm(timeline: Timeline): void {
    this.#timeline = timeline;
    this.#phases = timeline.phaseEndsUs.map(() => ({
      delivered: 0,
      arrived: 0,
      histogram: createHistogram(),
    }));
  }

  /** The listener of one client for as long as it lives, which makes out its messages by its part. */
  listener(part: Part, index: number): Listener {
    return part.isPlain === true ? new PlainAccount(this, part, index) : new Account(this, part, index);
  }

  hear(index: number, sources: Sources, heard: Heard): void {
    if (heard === 'aside') return;
    if (heard === 'unreadable' || heard === 'misdirected') {
      this.received += 1;
      this[heard] += 1;
    } else {
      this.#take(index, sources, heard);
    }
  }

  /** Makes no object: so many come. */
  skim(index: number, sources: Sources, bytes: Buffer, start: number, end: number): void {
    const plain = this.#plain;
    plain.bytes = end - start;
    this.hear(index, sources, readStampAt(bytes, start, end, plain.stamp) ? plain : 'unreadable');
  }

  #take(index: number, sources: Sources, heard: Measured): void {
    this.received += 1;
    const { stamp, bytes, staleSinceUs = stamp.dueUs } = heard;
    const arrival = sources.of(stamp.source).note(stamp.sequence, staleSinceUs < stamp.dueUs);
    if (this.#timeline === undefined) return;
    const nowUs = sinceUs(this.#timeline.epochNs);
    this.#byClock(this.#timeline, nowUs, bytes);
    this.#byIdentity(this.#timeline, nowUs, index, heard, arrival);
    this.#trouble?.arrived(index, nowUs);
  }

  /** What it has taken in until now. */
  share(): Omit<ClientsShare, 'said' | 'churn' | 'trouble' | 'readings' | 'loopDelayP99Ms' | 'dropped'> {
    const { delivered, duplicated, reordered, unreadable, misdirected } = this;
    const { arrivedInHalves, arrivedInLight, payloadBytes, halves } = this;
    return {
      ...{ delivered, duplicated, reordered, unreadable, misdirected },
      ...{ arrivedInHalves, arrivedInLight, payloadBytes, halves },
      latencyHdr: encodeHistogram(this.#histogram),
      hops: this.#hops?.share() ?? null,
      phases: this.#phases.map(({ histogram, ...counts }) => ({
        ...counts,
        latencyHdr: encodeHistogram(histogram),
      })),
      stalenessHdr: this.#staleness.totalCount === 0 ? null : encodeHistogram(this.#staleness),
      channels: Array.from(this.#channels, ([channel, histogram]) => {
        return { channel, latencyHdr: encodeHistogram(histogram) };
      }),
    };
  }

  #channel(channel: number): Histogram {
    let histogram = this.#channels.get(channel);
    if (histogram === undefined) {
      histogram = createHistogram();
      this.#channels.set(channel, histogram);
    }
    return histogram;
  }

  #phaseAt(timeline: Timeline, instantUs: number): PhaseCount | undefined {
    return this.#phases.length === 0 ? undefined : this.#phases[phaseOf(timeline, instantUs) ?? -1];
  }

  #byClock(timeline: Timeline, nowUs: number, bytes: number): void {
    const half = halfOf(timeline, nowUs);
    if (half !== undefined) {
      this.arrivedInHalves[half] += 1;
      this.payloadBytes += bytes;
      const phase = this.#phaseAt(timeline, nowUs);
      if (phase !== undefined) phase.arrived += 1;
    } else if (nowUs >= timeline.windowEndUs && nowUs < timeline.lightEndUs) {
      this.arrivedInLight += 1;
    }
  }

  #byIdentity(
    timeline: Timeline,
    nowUs: number,
    index: number,
    { stamp, staleSinceUs, channel }: Measured,
    arrival: Arrival,
  ): void {
    const { dueUs } = stamp;
    const half = halfOf(timeline, dueUs);
    if (half === undefined) return;
    const isLocal = this.#hops?.isLocal(index, stamp) ?? false;
    this.#trouble?.count(dueUs, nowUs, arrival, isLocal);
    if (arrival === 'again') {
      this.duplicated += 1;
      return;
    }
    if (arrival === 'late') this.reordered += 1;
    this.delivered += 1;
    const latencyUs = nowUs - dueUs;
    recordUs(this.#histogram, latencyUs);
    this.#hops?.count(isLocal, latencyUs);
    // What comes late tells nothing new.
    if (staleSinceUs !== undefined && arrival === 'first') recordUs(this.#staleness, nowUs - staleSinceUs);
    if (channel !== undefined) recordUs(this.#channel(channel), latencyUs);
    this.halves[half].sumUs += latencyUs;
    this.halves[half].count += 1;
    const phase = this.#phaseAt(timeline, dueUs);
    if (phase === undefined) return;
    phase.delivered += 1;
    recordUs(phase.histogram, latencyUs);
  }
}

/** What one client is told; a crowd has so many that it is an object without closures. */
class Account extends Sources implements Listener {
  protected readonly recorder: Recorder;
  protected readonly index: number;
  readonly #part: Part;

  constructor(recorder: Recorder, part: Part, index: number) {
    super();
    this.recorder = recorder;
    this.index = index;
    this.#part = part;
  }

  message(said: Message): void {
    this.recorder.hear(this.index, this, this.#part.hear(said));
  }
}

class PlainAccount extends Account {
  skim(bytes: Buffer, start: number, end: number): void {
    this.recorder.skim(this.index, this, bytes, start, end);
  }
}
