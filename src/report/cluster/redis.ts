import type { Report, Round, Series } from '../../measurements.ts';
import { timeOf } from '../faults/outcome.ts';
import { NEVER, seconds } from '../faults/quantities.ts';
import { medianOver } from '../medians.ts';
import { count, duration, NONE, percentage } from '../numbers.ts';
import { type Sheet, sheetOf, type Told } from '../sheet.ts';
import { clean, counted, cut } from '../words/text.ts';
import { aliveOf, type Subject } from './sheets.ts';

/** Deliveries of some steps: all of them, and those on the node that said the message. */
interface Arrivals {
  readonly local: number | null;
  readonly remote: number | null;
}

/** Whatever came by then was not kept for Redis's return. */
const LEAST_STALE_MS = 200;
const LONGEST_WHY = 60;

/** How the table of an outage is to be read. */
export const OUTAGE_LEGEND =
  'same node: to clients of the node that said it · whole again: from the return of Redis until nothing more was lost between nodes · stale: delivered, but late';

/** What Redis's absence did to one round. */
interface Outage {
  readonly before: Arrivals;
  readonly during: Arrivals;
  readonly after: Arrivals;
  /** From its end until nothing more was lost between nodes; null where that never was. */
  readonly wholeAgainMs: number | null;
  readonly stale: number;
  readonly staleMaxMs: number | null;
}

/** For each time that Redis is away: who lives, and who still hears whom before, meanwhile and after. */
export function redisSheets(
  { scenario }: Pick<Report, 'scenario'>,
  subjects: readonly Subject[],
  head = 'transport',
): Sheet[] {
  return scenario.faults.flatMap((fault, index) => {
    if (!fault.fault.startsWith('redis-')) return [];
    const title = `${fault.fault} ${timeOf(fault)}: what arrives of what is due`;
    return [sheetOf(title, subjects, columnsOf(head, index))];
  });
}

/** Who lived through it, and what came of the messages, one sentence each. */
export function redisSentences(
  { scenario }: Pick<Report, 'scenario'>,
  subjects: readonly Subject[],
): string[] {
  return scenario.faults.flatMap(({ fault }, index) =>
    fault.startsWith('redis-') ? subjects.flatMap((subject) => fateOf(subject, fault, index)) : [],
  );
}

function fateOf({ name, rounds }: Subject, fault: string, index: number): string[] {
  const died = rounds.flatMap(({ cluster }) => cluster?.nodes.flatMap((node) => node.died ?? []) ?? [])[0];
  if (died !== undefined) {
    const why = cut(clean(died.why), LONGEST_WHY);
    const alive = aliveOf(rounds);
    return [
      `${name}: ${alive.startsWith('0 of') ? 'no node' : `${alive} nodes`} lived through ${fault}; the first ended at ${duration(died.atMs)}: ${why}.`,
    ];
  }
  const [outage] = rounds.flatMap((round) => outageOf(round, index) ?? []);
  if (outage === undefined) return [];
  const { during, stale, staleMaxMs } = outage;
  const late =
    staleMaxMs === null ? '' : `; ${counted(stale, 'message')} came stale, by up to ${duration(staleMaxMs)}`;
  return [
    `${name}: every node lived through ${fault}. Of what was due meanwhile ${percentage(during.local)}% arrived on the same node and ${percentage(during.remote)}% on others; ${wholeness(outage)}${late}.`,
  ];
}

function wholeness({ wholeAgainMs }: Outage): string {
  if (wholeAgainMs === null) return 'it never was whole again';
  return wholeAgainMs === 0
    ? 'it was whole again at once'
    : `it was whole again ${duration(wholeAgainMs)} after the return`;
}

/** The lower, the longer it is kept as room shrinks. */
const RANKS = { before: 4, during: 1, after: 2 } as const;

function columnsOf(head: string, index: number): Told<Subject>[] {
  const over = (rounds: readonly Round[], of: (outage: Outage) => number | null) =>
    medianOver(rounds, (round) => {
      const outage = outageOf(round, index);
      return outage === undefined ? null : of(outage);
    });
  const shares = (group: string, way: keyof Arrivals): Told<Subject>[] =>
    (['before', 'during', 'after'] as const).map((when) => ({
      ...{ group, name: when, rank: RANKS[when] },
      text: ({ rounds }) => percentage(over(rounds, (outage) => outage[when][way])),
    }));
  return [
    { group: '', name: head, rank: 1, align: 'left', text: ({ name }) => name },
    { group: 'nodes', name: 'alive', rank: 2, text: ({ rounds }) => aliveOf(rounds) },
    ...shares('same node, %', 'local'),
    ...shares('other nodes, %', 'remote'),
    {
      ...{ group: '', name: 'whole again, s', rank: 3 },
      text({ rounds }) {
        const isTold = rounds.some((round) => outageOf(round, index) !== undefined);
        const ms = over(rounds, ({ wholeAgainMs }) => wholeAgainMs);
        return ms === undefined ? (isTold ? NEVER : NONE) : seconds(ms);
      },
    },
    {
      ...{ group: 'stale', name: 'messages', rank: 5 },
      text: ({ rounds }) => countOr(over(rounds, ({ stale }) => stale)),
    },
    {
      ...{ group: 'stale', name: 'at most, s', rank: 3 },
      text: ({ rounds }) => seconds(over(rounds, ({ staleMaxMs }) => staleMaxMs) ?? null),
    },
  ];
}

function countOr(value: number | undefined): string {
  return value === undefined ? NONE : count(value);
}

/** What one fault did, from the whole steps before it, in it and after it; undefined where nothing tells. */
export function outageOf({ faults, series, windowMs }: Round, index: number): Outage | undefined {
  const result = faults[index];
  if (result === undefined || series === null || series.localExpected.length === 0) return undefined;
  const began = result.beganMs ?? 0;
  const ended = result.endedMs ?? windowMs;
  const until = faults[index + 1]?.beganMs ?? windowMs;
  const from = faults[index - 1]?.endedMs ?? 0;
  const after = stepsIn(series, ended, until);
  // What was kept for its return may all come within the step in which that is.
  const returning = stepsIn(series, ended - series.stepMs, until);
  const staleMaxMs = Math.max(0, ...returning.map((step) => series.latencyMaxMs[step] ?? 0));
  return {
    before: arrivalsOf(series, stepsIn(series, from, began)),
    during: arrivalsOf(series, stepsIn(series, began, ended)),
    after: arrivalsOf(series, after),
    wholeAgainMs: wholeAgain(series, after, ended),
    stale: staleMaxMs < LEAST_STALE_MS ? 0 : result.late,
    staleMaxMs: result.late === 0 || staleMaxMs < LEAST_STALE_MS ? null : staleMaxMs,
  };
}

/** The steps that lie in a stretch as a whole. */
function stepsIn({ stepMs, expected }: Series, fromMs: number, toMs: number): number[] {
  return expected
    .map((_, step) => step)
    .filter((step) => step * stepMs >= fromMs && (step + 1) * stepMs <= toMs);
}

function arrivalsOf(series: Series, steps: readonly number[]): Arrivals {
  const sum = (of: (step: number) => number) => steps.reduce((total, step) => total + of(step), 0);
  const share = (expected: number, lost: number) => (expected === 0 ? null : 1 - lost / expected);
  const local = [
    sum((step) => series.localExpected[step] ?? 0),
    sum((step) => series.localLost[step] ?? 0),
  ] as const;
  return {
    local: share(...local),
    remote: share(
      sum((step) => series.expected[step] ?? 0) - local[0],
      sum((step) => series.lost[step] ?? 0) - local[1],
    ),
  };
}

function wholeAgain(series: Series, after: readonly number[], endedMs: number): number | null {
  const last = after.findLast((step) => (series.lost[step] ?? 0) > (series.localLost[step] ?? 0));
  if (last === undefined) return after.length === 0 ? null : 0;
  return last === after.at(-1) ? null : Math.max(0, (last + 1) * series.stepMs - endedMs);
}
