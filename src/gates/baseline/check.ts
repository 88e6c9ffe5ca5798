import { withoutPassword } from '../../applications/chat/history/url.ts';
import { RtbenchError } from '../../errors.ts';
import type { Machine, ResolvedScenario } from '../../measurements.ts';
import { measuredIn, type Side, workDifferences } from '../../report/diff/differences.ts';
import { clean, cut, listed } from '../../report/words/text.ts';

/** Refuses a baseline that what is about to be measured cannot be held against. */
export function checkBaseline(
  { file, report }: Side,
  transports: readonly string[],
  scenario: ResolvedScenario,
): void {
  const refuse = (why: string) =>
    new RtbenchError(
      'report',
      `Expected --baseline to be a report of the same work, but ${cut(clean(file), 60)} ${why}`,
    );
  const both = measuredIn(report).filter((name) => transports.includes(name));
  const work = workDifferences(ownOf(both, report.scenario), ownOf(both, scenario));
  if (work.length > 0) throw refuse(`differs in ${listed(work)}`);
  if (measuredIn(report).length === 0) throw refuse('has no valid round');
  if (both.length > 0) return;
  const had = listed(measuredIn(report).map((name) => cut(clean(name), 20)));
  throw refuse(`has ${had} and not ${listed(transports)}`);
}

/** A scenario as reports keep it, with the options of those transports alone that matter. */
function ownOf(transports: readonly string[], scenario: ResolvedScenario): ResolvedScenario {
  const own = Object.entries(scenario.transports).filter(([name]) => transports.includes(name));
  return {
    ...scenario,
    history: withoutPassword(scenario.history),
    redis: withoutPassword(scenario.redis),
    transports: Object.fromEntries(own),
  };
}

/** What makes times on two machines different things, in words. */
export function strangenessOf(before: Machine, after: Machine): string[] {
  const names = Object.keys({ ...before.packages, ...after.packages });
  const packages = names.filter((name) => before.packages[name] !== after.packages[name]);
  return [
    ...differing('the CPU', before.cpu, after.cpu),
    ...differing('the number of cores', String(before.cores), String(after.cores)),
    ...differing('the major version of Node', majorOf(before.node), majorOf(after.node)),
    ...packages.flatMap((name) =>
      differing(name, before.packages[name] ?? 'none', after.packages[name] ?? 'none'),
    ),
  ];
}

function differing(what: string, before: string, after: string): string[] {
  const shown = (value: string) => cut(clean(value), 40);
  return before === after ? [] : [`${cut(clean(what), 30)} (${shown(before)}, now ${shown(after)})`];
}

function majorOf(version: string): string {
  return version.replace(/^v/, '').split('.')[0] ?? '';
}
