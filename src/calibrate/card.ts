import type { Calibration } from '../measurements.ts';
import type { Look } from '../report/index.ts';
import { partsOf } from '../report/words/header.ts';
import { counted, wrap } from '../report/words/text.ts';
import type { Outcome } from './check.ts';
import type { Card } from './index.ts';

const NO_FIGURES = {
  latencySlope: null,
  latencyFloorMs: null,
  stallRatio: null,
  byteError: null,
  cpuError: null,
  falseAlarms: null,
  rounds: null,
  leastLatencyEffect: null,
  leastCpuEffect: null,
};

/** The few figures of a card that every report carries from now on. */
export function summaryOf({ startedAt, rtbench, outcomes }: Card): Calibration {
  const many = (state: Outcome['state']) => outcomes.filter((one) => one.state === state).length;
  return {
    at: startedAt,
    rtbench,
    passed: many('passed'),
    checks: many('passed') + many('failed'),
    ...Object.assign({}, NO_FIGURES, ...outcomes.map(({ summary }) => summary)),
  };
}

const MARKS = { passed: 'ok', failed: 'FAIL', skipped: 'skip' };
const GAP = '  ';

/** The card as a page: each check with its mark, its figure and what that means. */
export function cardPage(card: Card, look: Look): string {
  const { columns, chalk } = look;
  const { startedAt, quick, tookMs, outcomes } = card;
  const date = startedAt.slice(0, 16).replace('T', ' ');
  const title = [
    'rtbench calibrate',
    quick ? 'quick' : 'full',
    `${date} UTC`,
    `${Math.round(tookMs / 1000)} s`,
  ];
  return [
    ...wrap(title.join(' · '), columns, ' · ').map((line) => chalk.bold(line)),
    ...wrap(partsOf(card).join(' · '), columns, ' · ').map((line) => chalk.dim(line)),
    '',
    ...outcomes.flatMap((outcome) => linesOf(outcome, outcomes, look)),
    '',
    ...wrap(conclusionOf(outcomes), columns),
  ].join('\n');
}

function linesOf(outcome: Outcome, all: readonly Outcome[], { columns, chalk }: Look): string[] {
  const { name, state, figure, meaning, faults } = outcome;
  const colour = { passed: chalk.green, failed: chalk.red, skipped: chalk.yellow }[state];
  const nameWidth = Math.max(...all.map((one) => one.name.length));
  const indent = ' '.repeat(4 + nameWidth + 2 * GAP.length);
  const room = columns - indent.length;
  const told = wrap(state === 'skipped' ? `skipped: ${figure}` : figure, room);
  const [first = '', ...rest] = told.map((line) => (state === 'passed' ? chalk.bold(line) : line));
  return [
    [colour(MARKS[state].padEnd(4)), name.padEnd(nameWidth), first].join(GAP),
    ...rest.map((line) => indent + line),
    ...faults.flatMap((fault) => wrap(fault, room)).map((line) => indent + chalk.red(line)),
    ...(state === 'passed' ? wrap(meaning, room).map((line) => indent + chalk.dim(line)) : []),
  ];
}

function conclusionOf(outcomes: readonly Outcome[]): string {
  const failed = outcomes.filter(({ state }) => state === 'failed');
  const skipped = outcomes.filter(({ state }) => state === 'skipped').length;
  const made = outcomes.length - skipped;
  const left = skipped === 0 ? '' : ` ${counted(skipped, 'check')} could not be made here.`;
  if (failed.length > 0) {
    return `${failed.length} of ${counted(made, 'check')} failed: do not believe figures of this machine before that is explained.${left}`;
  }
  return `All ${counted(made, 'check')} passed: what rtbench measures here is what happens.${left}`;
}
