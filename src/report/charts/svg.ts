import { RtbenchError } from '../../errors.ts';
import type { Sweep } from '../../measurements/sweep.ts';
import type { Capacity, Report } from '../../measurements.ts';
import { workOf } from '../capacity/words.ts';
import { roundsOf } from '../sweep/page.ts';
import { shownAxis } from '../sweep/values.ts';
import { workloadOf } from '../words/header.ts';
import type { LateWriter, Look } from '../writer.ts';
import type { Chart } from './chart.ts';
import { capacityCharts, chartsOf, sweepChartsOf } from './index.ts';

/** One chart of a report as a picture. */
export const svg: LateWriter<Report> = (report, look) =>
  drawn(chartsOf(report), workloadOf(report).join(' · '), look);

/** One chart of a sweep as a picture. */
export const sweepSvg: LateWriter<Sweep> = (sweep, look) => {
  const varied = sweep.vary.map(({ field }) => field);
  const workload = [`sweep of ${sweep.vary.map(shownAxis).join(' and ')}`];
  const parts = [...workload, ...workloadOf({ ...sweep, rounds: roundsOf(sweep) }, varied)];
  return drawn(sweepChartsOf(sweep), parts.join(' · '), look);
};

/** One chart of a capacity as a picture. */
export const capacitySvg: LateWriter<Capacity> = (capacity, look) =>
  drawn(capacityCharts(capacity), workOf(capacity).join(' · '), look);

async function drawn(charts: readonly Chart[], workload: string, { chart: name }: Look): Promise<string> {
  const chosen = name === undefined ? charts[0] : charts.find((chart) => chart.name === name);
  if (chosen === undefined) throw unknown(charts, name);
  const { cardOf } = await import('./drawing/card.ts');
  return cardOf(chosen, workload);
}

function unknown(charts: readonly Chart[], name = ''): RtbenchError {
  const names = charts.map((chart) => chart.name).join(', ');
  const what = names === '' ? 'left out: nothing in this result can be drawn' : `one of ${names}`;
  return new RtbenchError('usage', `Expected --chart to be ${what}, got \`${name}\``);
}
