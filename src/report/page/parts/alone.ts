import type { Report } from '../../../measurements.ts';
import { isSilent } from '../../silence.ts';
import { factsOf } from '../../terminal/run/facts.ts';
import { latencyRows } from '../../terminal/run/latency-rows.ts';
import { silentFacts } from '../../terminal/run/silence.ts';
import type { CpuUnit } from '../../writer.ts';
import { type Html, html, nothing } from '../markup.ts';
import { cellsTable, tableOf } from '../tables.ts';
import { factList } from './machine.ts';

/** One transport by itself: its latency as a table, and what it did and cost, subject by subject. */
export function aloneBody({ rounds, scenario }: Report, cpu?: CpuUnit): Html {
  const valid = rounds.filter((round) => round.valid);
  const silent = isSilent(scenario);
  const facts = silent ? silentFacts(rounds, valid, scenario) : factsOf(rounds, valid, scenario, cpu);
  return html`${silent || valid.length === 0 ? nothing : latencyTable(valid)}
${factList(facts.map(({ label, parts }) => [label, parts.join(' · ')]))}`;
}

function latencyTable(valid: Report['rounds']): Html {
  const [head = [], ...lines] = latencyRows(valid);
  return tableOf(cellsTable('Latency in milliseconds', head, lines));
}
