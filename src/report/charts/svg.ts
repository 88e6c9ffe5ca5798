import { RtbenchError } from '../../errors.ts';
import type { Report } from '../../measurements.ts';
import { workloadOf } from '../words/header.ts';
import type { LateWriter, Look } from '../writer.ts';
import type { Chart } from './chart.ts';
import { chartsOf } from './index.ts';

/** One chart of a report as a picture. */
export const svg: LateWriter<Report> = (report, look) =>
  drawn(chartsOf(report), workloadOf(report).join(' · '), look);

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
