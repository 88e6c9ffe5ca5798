import { NOTHING_SAID, type Said, type SaidCount } from '../../schedule/publisher.ts';
import type { Missed, ServerAccount, ServerReading, ServerShare, ServerStep } from '../../server/protocol.ts';
import { readingInstantsNs, type Timeline, turningInstantsNs } from '../../timeline.ts';

type Counter = Exclude<keyof ServerReading, 'atNs' | 'wire' | 'history'>;

/** The counters of several servers as those of one; what the kernel counts, it counts for all of them. */
export function joinReadings(readings: readonly ServerReading[]): ServerReading {
  const [first] = readings;
  if (first === undefined) throw new Error('no server was read');
  const all = (what: Counter) => sum(readings.map((reading) => reading[what]));
  return {
    ...first,
    atNs: Math.max(...readings.map(({ atNs }) => atNs)),
    wire: readings.find(({ wire }) => wire !== null)?.wire ?? null,
    userUs: all('userUs'),
    systemUs: all('systemUs'),
    bytesUp: all('bytesUp'),
    bytesDown: all('bytesDown'),
    open: all('open'),
    peakOpen: all('peakOpen'),
    requests: all('requests'),
    emptyAnswers: all('emptyAnswers'),
    rssBytes: all('rssBytes'),
    unpublished: all('unpublished'),
  };
}

/** What several servers add to a round, as if they were one. */
export function joinShares(shares: readonly ServerShare[]): ServerShare {
  const [first, ...others] = shares;
  if (first === undefined) throw new Error('no server has a share');
  if (others.length === 0) return first;
  return {
    ...first,
    said: joinSaid(shares.map(({ said }) => said)),
    ageMs: Math.max(...shares.map(({ ageMs }) => ageMs)),
    loopDelayP99Ms: Math.max(...shares.map(({ loopDelayP99Ms }) => loopDelayP99Ms)),
    readings: joinEach(shares.map(({ readings }) => readings)),
    turns: joinEach(shares.map(({ turns }) => turns)),
    closingsUs: shares.flatMap(({ closingsUs }) => closingsUs),
    steps: joinSteps(shares.map(({ steps }) => steps)),
  };
}

/** What the processes that followed each other in one node's place add to a round: one was there at a time. */
export function joinLives(lives: readonly ServerShare[]): ServerShare {
  const joined = joinShares(lives);
  const peak = (which: 'readings' | 'turns') =>
    joined[which].map((reading, index) => ({
      ...reading,
      peakOpen: Math.max(...lives.map((life) => life[which][index]?.peakOpen ?? 0)),
    }));
  return { ...joined, readings: peak('readings'), turns: peak('turns') };
}

/** What a process left behind, as a share: from then on its counters stand still, and it holds nothing. */
export function shareOf({ now, ...left }: ServerAccount, timeline: Timeline): ServerShare {
  const stood = (readings: readonly ServerReading[], instantsNs: readonly number[]) =>
    instantsNs.map(
      (atNs, index) => readings[index] ?? { ...now, atNs, open: 0, rssBytes: 0, wire: null, history: null },
    );
  return {
    ...left,
    readings: stood(left.readings, readingInstantsNs(timeline)),
    turns: stood(left.turns, turningInstantsNs(timeline)),
  };
}

/** What a process left that could not be asked: nothing after its last reading. */
export function accountOf(now: ServerReading): ServerAccount {
  const counts = { firstNumber: 1, ageMs: 0, loopDelayP99Ms: 0, history: null };
  return { now, ...counts, said: NOTHING_SAID, readings: [], turns: [], closingsUs: [], steps: [] };
}

/** Deliveries that several servers did not make on purpose. */
export function joinMissed(all: readonly Missed[]): Missed {
  return {
    window: sum(all.map(({ window }) => window)),
    phases: (all[0]?.phases ?? []).map((_, index) => sum(all.map(({ phases }) => phases[index] ?? 0))),
  };
}

function joinEach(lists: readonly (readonly ServerReading[])[]): ServerReading[] {
  return (lists[0] ?? []).map((_, index) => joinReadings(lists.flatMap((list) => list[index] ?? [])));
}

function joinSteps(all: readonly (readonly (ServerStep | null)[])[]): (ServerStep | null)[] {
  const length = Math.max(...all.map((steps) => steps.length));
  return Array.from({ length }, (_, index) => {
    const seen = all.flatMap((steps) => steps[index] ?? []);
    if (seen.length === 0) return null;
    return { open: sum(seen.map(({ open }) => open)), cpuUs: sum(seen.map(({ cpuUs }) => cpuUs)) };
  });
}

function joinSaid(all: readonly Said[]): Said {
  const latest = (which: 'slipP50Ms' | 'slipP90Ms' | 'slipP99Ms') =>
    Math.max(...all.map((said) => said[which]));
  return {
    ...joinCounts(all),
    phases: (all[0] ?? NOTHING_SAID).phases.map((_, index) =>
      joinCounts(all.flatMap(({ phases }) => phases[index] ?? [])),
    ),
    slipP50Ms: latest('slipP50Ms'),
    slipP90Ms: latest('slipP90Ms'),
    slipP99Ms: latest('slipP99Ms'),
  };
}

function joinCounts(counts: readonly SaidCount[]): SaidCount {
  return {
    published: sum(counts.map(({ published }) => published)),
    expected: sum(counts.map(({ expected }) => expected)),
    conflated: sum(counts.map(({ conflated }) => conflated)),
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
