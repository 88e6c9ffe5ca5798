import type { Sweep } from '../../measurements/sweep.ts';
import { redisSentences, redisSheets } from '../cluster/redis.ts';
import { hopSheet, type Subject } from '../cluster/sheets.ts';
import type { Sheet } from '../sheet.ts';
import { nameOf } from '../words/labels.ts';
import { shownValue } from './values.ts';

const HEAD = 'configuration';

/** Every point that ran on several nodes in a table of its own lines; none where no point did. */
export function nodeSheets(sweep: Sweep): Sheet[] {
  const subjects = subjectsOf(sweep);
  if (subjects.length === 0) return [];
  const outages = redisSheets(sweep, subjects, HEAD);
  return outages.length > 0 ? outages : [hopSheet(subjects, HEAD)];
}

/** Which configurations lived through the absence of Redis, and how. */
export function nodeSentences(sweep: Sweep): string[] {
  return redisSentences(sweep, subjectsOf(sweep));
}

/** A point by what was varied: `ioredis, handled`; with its transport where there are several. */
function subjectsOf({ points, vary, transports }: Sweep): Subject[] {
  return points.flatMap(({ values, transport, rounds }) => {
    const own = rounds.filter(({ cluster }) => cluster !== null);
    if (own.length === 0) return [];
    const parts = vary.flatMap((varied) => {
      const value = values[varied.field];
      return value === undefined ? [] : [shownValue(varied, value)];
    });
    const name = [...(transports.length > 1 ? [nameOf(transport)] : []), ...parts].join(', ');
    return [{ name, rounds: own }];
  });
}
