import type { Outcome, Ran } from '../check.ts';

const NAME = 'mutation';

/** Breaks the evidence of every check that was made: its judge must see each break. */
export function mutation(ran: readonly Ran[]): Outcome {
  const mutants = ran.flatMap((one) => one.mutants);
  const unnoticed = mutants.filter(({ noticed }) => !noticed);
  return {
    name: NAME,
    state: mutants.length === 0 ? 'skipped' : unnoticed.length === 0 ? 'passed' : 'failed',
    figure:
      mutants.length === 0
        ? 'no check was made whose evidence could be broken'
        : `${mutants.length - unnoticed.length} of ${mutants.length} broken analysers noticed`,
    meaning: 'these checks can fail: each goes red when what it reads is wrong',
    faults: unnoticed.map(({ what }) => `not noticed: ${what}`),
    summary: {},
  };
}
