import type { Judged, Ranked } from '../../measurements/advice.ts';
import type { Crossover, Varied } from '../../measurements/sweep.ts';
import { metrics } from '../../stats/index.ts';
import { plain, ratioFigures, size } from '../numbers.ts';
import { crossingsTold } from '../sweep/crossing-words.ts';
import { shownValue } from '../sweep/values.ts';
import { inProse } from '../words/labels.ts';
import { listed } from '../words/text.ts';

/** What words need of a transport in its place. */
type Standing = Pick<Ranked, 'place' | 'transport' | 'overall' | 'criteria' | 'resumes'>;

/** Why a transport stands where it does, figure by figure. */
export function reasonsFor({ criteria, resumes }: Pick<Standing, 'criteria' | 'resumes'>): string[] {
  return [
    ...criteria.map((judged) => `${figureOf(judged)} (${standingOf(judged)})`),
    resumes
      ? 'a client that was cut off gets what it missed'
      : 'what is sent while a client is cut off is lost to it',
  ];
}

/** What to take, and how sure that is. */
export function answerText(ranking: readonly Standing[]): string {
  const best = ranking.filter(({ place }) => place === 1);
  const [first] = best;
  if (first === undefined) {
    return 'No recommendation: fewer than 3 rounds of every transport are valid. See the notes, and measure again.';
  }
  if (ranking.length === 1) {
    return `No recommendation: only ${inProse(first.transport)} has 3 valid rounds, so there is nothing to compare it with.`;
  }
  const weighed = `${listed(first.criteria.map(({ name }) => name))} weighed alike`;
  const names = best.map(({ transport }) => inProse(transport));
  const next = ranking.find(({ place }) => place > 1);
  const distance =
    next?.overall == null
      ? ''
      : ` Next is ${inProse(next.transport)}, ${ratioFigures([next.overall.ratio])[0]} times as dear over all.`;
  if (names.length === 1) return `Take ${names[0]}: first with ${weighed}.${distance}`;
  return `Take ${names.join(' or ')}: indistinguishable here with ${weighed}; choose by what they bring.${distance}`;
}

/** When the answer would be another: by what is weighed, by what must not be lost, and along the varied field. */
export function flipText(
  ranking: readonly Standing[],
  crossovers: readonly Crossover[],
  vary: Varied | null,
): string[] {
  const [first] = ranking;
  if (first === undefined || ranking.length < 2) return [];
  return [...byWeight(first, ranking), ...byLoss(ranking), ...alongField(ranking, crossovers, vary)];
}

function byWeight(first: Standing, ranking: readonly Standing[]): string[] {
  return first.criteria.flatMap(({ name, isBest }) => {
    if (isBest) return [];
    const better = ranking.filter(({ criteria }) => criteria.some((one) => one.name === name && one.isBest));
    const verb = better.length === 1 ? 'is' : 'are';
    return [
      `If ${name} alone counted: ${listed(better.map(({ transport }) => inProse(transport)))} ${verb} ahead.`,
    ];
  });
}

function byLoss(ranking: readonly Standing[]): string[] {
  if (ranking.some(({ place, resumes }) => place === 1 && resumes)) return [];
  const [safe] = ranking.filter(({ resumes }) => resumes);
  if (safe === undefined) return [];
  return [
    `If nothing may be missed while a client is cut off: ${inProse(safe.transport)} resumes by itself, the best placed of those that do.`,
  ];
}

function alongField(
  ranking: readonly Standing[],
  crossovers: readonly Crossover[],
  vary: Varied | null,
): string[] {
  const overall = crossovers.find(({ metric }) => metric === 'overall');
  if (vary === null || overall === undefined) return [];
  const told = crossingsTold(crossovers, vary);
  if (overall.crossings.length > 0) return told;
  const verdicts = new Set(overall.steps.map(({ verdict }) => verdict));
  const { transport, against, steps } = overall;
  const [from, to] = [steps[0]?.value ?? 0, steps.at(-1)?.value ?? 0];
  const range = `Between ${shownValue(vary, from)} and ${shownValue(vary, to)}`;
  const pair = `${inProse(transport)} and ${inProse(against)}`;
  if (steps.length < 2) return [`Beside the workload's own point no round of ${pair} is valid.`, ...told];
  // Whoever shares the first place is not behind, even if a comparison of these two alone says so.
  const isBehind = ranking.some((one) => one.transport === against && one.place > 1);
  const holds = isBehind && verdicts.size === 1 && verdicts.has('lower');
  const sentence = holds
    ? `${range} the answer holds: ${inProse(transport)} stays ahead of ${inProse(against)}.`
    : `${range} no change of order between ${pair} can be told.`;
  return [sentence, ...told];
}

function figureOf({ name, metric, median }: Judged): string {
  if (name === 'memory') return `${size(median, 2)} of memory a client`;
  if (name === 'bytes') {
    const layer = metric.startsWith('wire') ? 'on the wire' : 'over the sockets';
    const each = metric.endsWith('PerMessage') ? 'a message' : 'a client and minute';
    return `${size(median, 2)} ${each} ${layer}`;
  }
  const { label, unit } = metrics[metric];
  return `${label} ${plain(median, 2)} ${unit}`;
}

function standingOf({ ratio, isBest }: Judged): string {
  if (ratio === null) return isBest ? 'best' : 'cannot be compared';
  return isBest ? '≈ best' : `×${ratioFigures([ratio])[0]}`;
}
