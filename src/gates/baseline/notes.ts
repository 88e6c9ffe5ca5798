import { plain } from '../../report/numbers.ts';
import { nameOf } from '../../report/words/labels.ts';
import { percentUp, YARDSTICK } from '../../report/words/legend.ts';
import { listed } from '../../report/words/text.ts';
import { medianOf, metrics } from '../../stats/index.ts';
import { type Change, inWords, isBetter, isWorse, subjectOf } from './change.ts';
import { FEWEST_ROUNDS } from './rules.ts';

/** What must be known beside the gates. */
export function notesOf({
  unknown,
  strange,
  judged,
  untold,
}: {
  /** Transports that the baseline does not have. */
  readonly unknown: readonly string[];
  /** What makes times on the two machines different things. */
  readonly strange: readonly string[];
  readonly judged: readonly Change[];
  readonly untold: readonly Change[];
}): string[] {
  return [
    ...missingFrom(unknown),
    ...whyUntold(strange, untold),
    ...moved(untold),
    ...judged.filter(isBetter).map((change) => `Better: ${subjectOf(change)} ${inWords(change)}.`),
    ...sightOf(judged),
    ...(isTold([...judged.filter((one) => isWorse(one) || isBetter(one)), ...untold])
      ? [`${YARDSTICK}.`]
      : []),
  ];
}

/** CPU is among what is told. */
function isTold(changes: readonly Change[]): boolean {
  return changes.some(({ rule }) => rule.metric === 'serverCpuPerMessageYardsticks');
}

function missingFrom(transports: readonly string[]): string[] {
  if (transports.length === 0) return [];
  return [`The baseline has no valid round of ${listed(transports.map(nameOf))}: not judged.`];
}

function whyUntold(strange: readonly string[], untold: readonly Change[]): string[] {
  const told = 'Times and memory are told and not judged';
  if (strange.length > 0)
    return [`${told}, since this is another machine or other software: ${listed(strange)}.`];
  if (untold.length === 0) return [];
  return [`${told} where either side has fewer than ${FEWEST_ROUNDS} valid rounds: there is no interval.`];
}

/** What went beyond its margin, but is not judged. */
function moved(untold: readonly Change[]): string[] {
  const told = untold.filter((change) => isWorse(change) || isBetter(change));
  if (told.length === 0) return [];
  return [`Not judged: ${told.map((change) => `${subjectOf(change)} ${inWords(change)}`).join('; ')}.`];
}

/** The least that would have shown, so that nobody reads more into what passed. */
function sightOf(changes: readonly Change[]): string[] {
  const timed = changes.filter(({ rule }) => !rule.isExact);
  const parts = [...Map.groupBy(timed, ({ rule }) => rule.metric)].flatMap(([metric, own]) => {
    const effect = medianOf(own.flatMap(({ interval }) => interval?.leastEffect ?? []));
    const margin = own[0]?.rule.margin ?? 0;
    if (effect === undefined) return [];
    const blind = effect > margin ? `, more than its margin of ${plain(margin * 100)}%` : '';
    return [`${percentUp(effect)} (${metrics[metric].label}${blind})`];
  });
  return parts.length === 0
    ? []
    : [`Of times, changes from ${listed(parts)} up would have shown in 8 of 10 tries.`];
}
