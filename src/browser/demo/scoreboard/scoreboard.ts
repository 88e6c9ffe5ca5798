import { type Course, happenings, START } from './happenings.ts';
import type { Remark, Sight } from './sight.ts';
import { usual } from './usual.ts';

/** A sentence stays so long at least: it has to be read, or read out. */
const LEAST_MS = 3_000;
/** Where nothing happens, something is said of how it goes. */
const USUAL_AFTER_MS = 6_000;
/** What happened longer ago is no news. */
const MOST_WAITING = 4;

/** Where the telling is. */
export interface Telling {
  readonly course: Course;
  readonly waiting: readonly Remark[];
  readonly saidAtMs: number;
  /** Which of the usual things is next. */
  readonly turn: number;
}

export const BEGINNING: Telling = {
  course: START,
  waiting: [],
  saidAtMs: Number.NEGATIVE_INFINITY,
  turn: 0,
};

/** Looks at what is now: what to say, if it is time to say something, and where the telling is then. */
export function look(telling: Telling, sight: Sight): { telling: Telling; remark: Remark | null } {
  const { course, remarks } = happenings(telling.course, sight);
  const waiting = [...telling.waiting, ...remarks].slice(-MOST_WAITING);
  const silentMs = sight.atMs - telling.saidAtMs;
  const [first, ...others] = waiting;
  if (first !== undefined && silentMs >= LEAST_MS) {
    return { telling: { ...telling, course, waiting: others, saidAtMs: sight.atMs }, remark: first };
  }
  // While a cut is not told to its end, nothing is as usual.
  const isUsual = first === undefined && course.beforeCut === null && silentMs >= USUAL_AFTER_MS;
  const said = isUsual ? usual(sight, telling.turn) : null;
  if (said === null) return { telling: { ...telling, course, waiting }, remark: null };
  return { telling: { course, waiting, saidAtMs: sight.atMs, turn: said.next }, remark: said.remark };
}
