import type { Report } from '../../../measurements.ts';
import { nodeSheet } from '../../cluster/sheets.ts';
import { clusterSentences, clusterSheets } from '../../cluster/words.ts';
import { faultLegend } from '../../faults/legend.ts';
import { livenessSheets } from '../../faults/liveness.ts';
import { faultGroupsOf, namesOf } from '../../faults/matrix.ts';
import { hasFaults, isOnlyRedis } from '../../faults/outcome.ts';
import { troubleSentences } from '../../faults/page.ts';
import { phaseFigures, phaseGroupsOf } from '../../phases.ts';
import { counted } from '../../words/text.ts';
import { type Html, html, nothing } from '../markup.ts';
import type { Section } from '../shell.ts';
import { type Table, tableOf } from '../tables.ts';
import { listOf } from './notes.ts';

/** What went wrong on purpose, and what that did to each transport. */
export function faultsSection(report: Report): Section {
  const body = hasFaults(report)
    ? html`${listOf(troubleSentences(report))}${faultTables(report)}
<p class="legend">${faultLegend(report, true)}</p>`
    : nothing;
  return { id: 'faults', title: 'What went wrong on purpose', body };
}

/** Several servers, and what passed between them. */
export function nodesSection(report: Report): Section {
  const sheets = clusterSheets(report).map((sheet) => ({
    ...sheet,
    title: sheet.title || 'What arrives on the same node and on others',
  }));
  const nodes = report.rounds.flatMap((round) => {
    const sheet = nodeSheet(round);
    return sheet === undefined ? [] : [{ ...sheet, title: `${sheet.title}, ${round.transport}` }];
  });
  const body = html`${sheets.map((sheet) => tableOf(sheet, 'shown'))}${listOf(clusterSentences(report))}${
    nodes.length === 0
      ? nothing
      : html`<details><summary>Each node of ${counted(nodes.length, 'round')}</summary>
${nodes.map((sheet) => tableOf(sheet, 'shown'))}</details>`
  }`;
  return { id: 'nodes', title: 'Between the nodes', body };
}

/** The window's phases, each with every transport. */
export function phasesSection(report: Report): Section {
  const groups = phaseGroupsOf(report, phaseFigures);
  const rows = groups.flatMap(({ rows }) =>
    rows.map(({ transport, cells }) => [transport, ...cells].map((text) => ({ text, isBest: false }))),
  );
  const heads = groups.map(({ name, pace, rows }) => ({ text: `${name}, ${pace} msg/s`, many: rows.length }));
  const columns: Table['columns'] = [
    { group: '', name: 'transport', align: 'left' },
    ...phaseFigures.map(({ head: [name, unit] }) => ({ group: '', name, unit, align: 'right' as const })),
  ];
  const title = 'Each phase of the window';
  return { id: 'phases', title: 'Phase by phase', body: tableOf({ title, columns, rows, heads }) };
}

function faultTables(report: Report): Html {
  const sheets = livenessSheets(report);
  if (sheets.length > 0) return html`${sheets.map((sheet) => tableOf(sheet, 'shown'))}`;
  if (isOnlyRedis(report)) return nothing;
  const groups = faultGroupsOf(report);
  return tableOf({
    title: 'What each fault did to each transport',
    columns: ['', ...namesOf(report)].map((name, place) => ({
      ...{ group: '', name: place === 0 ? 'fault' : name },
      align: place === 0 ? 'left' : 'right',
    })),
    rows: groups.flatMap(({ lines }) =>
      lines.map(({ name, cells }) => [{ text: name, isBest: false }, ...cells]),
    ),
    heads: groups.map(({ fault, time, lines }) => ({ text: `${fault} ${time}`, many: lines.length })),
  });
}
