import { medianOf } from '../../stats/index.ts';
import { figure, ratioFigures } from '../numbers.ts';
import { nameOf } from '../words/labels.ts';
import { percentUp, YARDSTICK } from '../words/legend.ts';
import { clean, counted, cut, listed, minuteOf } from '../words/text.ts';
import { cpuUnits } from '../writer.ts';
import type { Diff, Origin } from './make.ts';
import type { DiffRow } from './rows.ts';

/** From here on a change is told as a factor rather than a percentage. */
const FACTOR = 2;

/** Which file is A and which is B. */
export function originsOf({ before, after }: Diff): string[] {
  return [`A ${originOf(before)}`, `B ${originOf(after)}`];
}

/** What changed, in a sentence for each transport, or that nothing did. */
export function sentencesOf(rows: readonly DiffRow[]): string[] {
  if (!isTold(rows)) {
    return [
      'Too few valid rounds for a verdict: three on either side are the least, five or more are better.',
    ];
  }
  const told = [...Map.groupBy(rows, ({ transport }) => transport)].flatMap(([transport, own]) => {
    const changes = own.map(changeOf).filter((change) => change !== undefined);
    return changes.length === 0 ? [] : [`${nameOf(transport)}: ${listed(changes)}.`];
  });
  const seen = seenFrom(rows);
  return told.length === 0
    ? [`Nothing changed that these rounds could see${seen}.`]
    : [...told, `Nothing else changed that these rounds could see${seen}.`];
}

/** How the marks are to be read, and what a diff cannot tell. */
export function legendOf(rows: readonly DiffRow[]): string {
  const transports = new Set(rows.map(({ transport }) => transport)).size;
  return [
    ...(isTold(rows) ? ['≈ not told apart'] : []),
    ...(transports > 1 && isTold(rows) ? ['the intervals of a metric hold together at 95%'] : []),
    ...(rows.some(({ unit }) => unit === cpuUnits.yardstick.unit)
      ? [`CPU in ${YARDSTICK}, since the machine's own speed changes with the hour`]
      : ["CPU in each report's own time: the machine's speed, which changes with the hour, is in it"]),
    'A and B were measured at different times: what else changed between them is in the ratios too.',
  ].join(' · ');
}

/** Some row has an interval. */
function isTold(rows: readonly DiffRow[]): boolean {
  return rows.some(({ comparison }) => comparison !== undefined && comparison.low !== null);
}

function originOf({ file, startedAt, rounds, validRounds }: Origin): string {
  const valid = validRounds === rounds ? '' : ` (${validRounds} valid)`;
  return `${cut(clean(file), 60)} · ${minuteOf(startedAt)} · ${counted(rounds, 'round')}${valid}`;
}

function changeOf({ label, before, after, comparison }: DiffRow): string | undefined {
  if (comparison === undefined) return `${label} went from ${figure(before)} to ${figure(after)}`;
  const { ratio, low, high, verdict } = comparison;
  if (verdict === 'indistinguishable' || low === null || high === null) return undefined;
  if (ratio >= FACTOR || ratio <= 1 / FACTOR) {
    const [middle, from, to] = ratioFigures([ratio, low, high]);
    return `${label} ×${middle} (${from}–${to})`;
  }
  const percent = (of: number) => figure(Math.abs(of - 1) * 100, 2);
  const [from, to] = verdict === 'higher' ? [low, high] : [high, low];
  const bounds = percent(from) === percent(to) ? '' : ` (${percent(from)}–${percent(to)}%)`;
  return `${label} ${percent(ratio)}% ${verdict}${bounds}`;
}

/** The least effects that would have shown, for the two that move most by themselves. */
function seenFrom(rows: readonly DiffRow[]): string {
  const groups = Map.groupBy(rows, ({ label }) => label);
  const told = [...groups].flatMap(([label, own]) => {
    if (label !== 'latency p50' && !label.startsWith('server CPU')) return [];
    const effects = own.map(({ comparison }) => comparison?.leastEffect ?? null);
    const effect = medianOf(effects.filter((share) => share !== null));
    return effect === undefined ? [] : [`${percentUp(effect)} (${label})`];
  });
  return told.length === 0 ? '' : `: changes from ${listed(told)} up would have shown in 8 of 10 tries`;
}
