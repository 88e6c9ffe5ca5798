import type { Report } from '../../measurements.ts';
import { alignPoint } from '../numbers.ts';
import { type PhaseGroup, phaseFigures, phaseGroupsOf } from '../phases.ts';
import type { Look } from '../writer.ts';
import { fits, type GridCell, grid } from './grid.ts';

type Figures = typeof phaseFigures;

/** The window's phases, each with every transport; nothing where there are none. */
export function phaseLines(report: Report, look: Look): string[] {
  if (report.scenario.phases.length === 0) return [];
  const ranks = phaseFigures.map(({ rank }) => rank).toSorted((a, b) => b - a);
  const drawn = ranks.map((most) => {
    const figures = phaseFigures.filter(({ rank }) => rank <= most);
    return () => tableLines(phaseGroupsOf(report, figures), figures, look);
  });
  const widest = drawn.find((draw) => fits(draw(), look.columns)) ?? drawn.at(-1);
  return widest?.() ?? [];
}

/** One line a phase for one transport; for several, each phase heads its own lines. */
function tableLines(groups: readonly PhaseGroup[], figures: Figures, { chalk }: Look): string[] {
  const isOne = groups.every(({ rows }) => rows.length === 1);
  const columns = figures.map((_, place) =>
    alignPoint(groups.flatMap(({ rows }) => rows.map(({ cells }) => cells[place] ?? ''))),
  );
  let line = 0;
  const cells = (): GridCell[] => {
    const row = columns.map((column) => ({ text: `${column[line] ?? ''} ` }));
    line += 1;
    return row;
  };
  const left = (text: string): GridCell => ({ text, align: 'left' });
  const head = (part: 0 | 1): GridCell[] => [
    left(part === 0 ? 'phase ' : ''),
    { text: part === 0 ? '' : chalk.dim('msg/s ') },
    ...figures.map(({ head }) => ({ text: part === 0 ? `${head[0]} ` : `${chalk.dim(head[1])} ` })),
  ];
  const body = groups.flatMap(({ name, pace, rows }) =>
    isOne
      ? [[left(`${chalk.bold(name)} `), { text: `${pace} ` }, ...cells()]]
      : [
          [left(`${chalk.bold(name)} `), { text: `${pace} ` }],
          ...rows.map(({ transport }) => [left(`  ${transport} `), left(''), ...cells()]),
        ],
  );
  return grid([head(0), head(1), ...body]);
}
