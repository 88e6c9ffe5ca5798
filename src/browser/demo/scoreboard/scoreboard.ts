import { type Course, happenings, START } from './happenings.ts';
import { holds, type Wrong, wrongNow } from './holds.ts';
import type { Remark, Sight } from './sight.ts';
import { usual } from './usual.ts';

/** A sentence stays so long at least, while it is true: it has to be read, or read out. */
const LEAST_MS = 3_000;
/** Where nothing happens, something is said of how it goes. */
const USUAL_AFTER_MS = 6_000;
/** What happened longer ago is no news. */
const FRESH_MS = 6_000;
/** Sentences that stay to be read after the newest. */
const EARLIER = 3;

/** Where the telling is. */
export interface Telling {
  readonly course: Course;
  /** What was wrong at the last look. */
  readonly wrong: readonly Wrong[];
  /** The newest last. */
  readonly waiting: readonly { readonly remark: Remark; readonly atMs: number }[];
  /** The newest first; of the earlier ones only what is still so. */
  readonly said: readonly Remark[];
  readonly saidAtMs: number;
  /** Which of the usual things is next. */
  readonly turn: number;
}

export const BEGINNING: Telling = {
  course: START,
  wrong: [],
  waiting: [],
  said: [],
  saidAtMs: Number.NEGATIVE_INFINITY,
  turn: 0,
};

/** Looks at what is now: what has been said then, and what is still to be said. */
export function look(before: Telling, sight: Sight): Telling {
  const { course, remarks } = happenings(before.course, sight);
  const wrong = wrongNow(sight);
  const waiting = [...before.waiting, ...remarks.map((remark) => ({ remark, atMs: sight.atMs }))].filter(
    ({ remark, atMs }) => sight.atMs - atMs < FRESH_MS && holds(remark, sight),
  );
  const telling = { ...before, course, wrong, waiting, said: stillSo(before.said, sight) };

  const begun = wrong.find((kind) => !before.wrong.includes(kind));
  if (begun !== undefined) return say(telling, { kind: begun }, sight);
  const [newest] = before.said;
  const isOver = newest !== undefined && !holds(newest, sight);
  const silentMs = isOver ? Number.POSITIVE_INFINITY : sight.atMs - before.saidAtMs;
  if (silentMs < LEAST_MS) return telling;
  const next = nextOf(waiting);
  if (next !== undefined) return say({ ...telling, waiting: next.others }, next.remark, sight);
  if (isOver && wrong[0] !== undefined) return say(telling, { kind: wrong[0] }, sight);
  // While a cut is not told to its end, nothing is as usual.
  const isUsual = course.beforeCut === null && !sight.isCut && !sight.isRestarting;
  const how = isUsual && silentMs >= USUAL_AFTER_MS ? usual(sight, before.turn, course.isFirstStream) : null;
  return how === null ? telling : say({ ...telling, turn: how.next }, how.remark, sight);
}

function say(telling: Telling, remark: Remark, sight: Sight): Telling {
  const still = telling.said.filter((earlier) => holds(earlier, sight));
  return { ...telling, said: [remark, ...still].slice(0, 1 + EARLIER), saidAtMs: sight.atMs };
}

/** The same list where nothing has changed, so that nothing is shown anew. */
function stillSo(said: readonly Remark[], sight: Sight): readonly Remark[] {
  const kept = said.filter((remark, place) => place === 0 || holds(remark, sight));
  return kept.length === said.length ? said : kept;
}

/** What something has cost, else the newest; what is older than that is not told any more. */
function nextOf(waiting: Telling['waiting']) {
  const cost = waiting.findLastIndex(({ remark: { kind } }) => kind === 'restored' || kind === 'block-cost');
  const place = cost < 0 ? waiting.length - 1 : cost;
  const next = waiting[place];
  return next && { remark: next.remark, others: waiting.slice(place + 1) };
}
