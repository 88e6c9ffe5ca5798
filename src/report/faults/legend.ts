import type { Report } from '../../measurements.ts';
import { OUTAGE_LEGEND } from '../cluster/redis.ts';
import { isSilent } from '../silence.ts';
import { isOnlyRedis, outcomesOf } from './outcome.ts';

/** How the tables of faults are to be read. */
export function faultLegend(report: Report, coloured: boolean): string {
  const { scenario } = report;
  const isDoubtful = outcomesOf(report)[0]?.transports.some((one) => one.isDoubtful) === true;
  const doubts = isDoubtful ? ['? none of its rounds is valid, see the notes'] : [];
  const best = `${coloured ? 'bold' : '*'} best`;
  if (isOnlyRedis({ scenario })) {
    return `${OUTAGE_LEGEND}.`;
  }
  if (isSilent(scenario)) {
    return [
      ...doubts,
      `${best} of its column`,
      'costs are those of the whole window, the fault included',
      "times from the fault's beginning until the other side is known to be gone.",
    ].join(' · ');
  }
  return [
    "noticed: from the fault's beginning until a client (or the server) knew that a connection was gone",
    'recovered: from its end until the first message after it',
    'lost: of what was due from its beginning until the next fault',
    "times are the middle client's, and the last one's behind the dash",
    ...doubts,
    '… some heard nothing until the next fault',
    `${best} of its line.`,
  ].join(' · ');
}
