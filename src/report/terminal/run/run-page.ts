import type { Report, Round } from '../../../measurements.ts';
import { decodeHistogram, mergeHistograms } from '../../../stats/index.ts';
import { nodeSheet } from '../../cluster/sheets.ts';
import { clusterSentences, clusterSheets } from '../../cluster/words.ts';
import { blockLines } from '../../faults/blocks.ts';
import { hasFaults } from '../../faults/outcome.ts';
import { seriesLines } from '../../faults/series.ts';
import { conservationOf } from '../../faults/words.ts';
import { gateParagraphs } from '../../gates/lines.ts';
import { count } from '../../numbers.ts';
import { isSilent } from '../../silence.ts';
import { nameOf } from '../../words/labels.ts';
import { absencesOf } from '../../words/sentences.ts';
import { counted, wrap } from '../../words/text.ts';
import type { Look, Writer } from '../../writer.ts';
import { fits, grid } from '../grid.ts';
import { headLines, noteLines, page } from '../page.ts';
import { phaseLines } from '../phase-table.ts';
import { sheetLines } from '../sheet.ts';
import { type Fact, factsOf } from './facts.ts';
import { latencyBars } from './latency-bars.ts';
import { LATENCY_DROPS, latencyRows } from './latency-rows.ts';
import { ledgerLines } from './ledger-bar.ts';
import { silentFacts } from './silence.ts';

const LABEL_WIDTH = 13;

/** What faults leave sense in. */
const TOLD_WITH_FAULTS = ['Delivery', 'Connect', 'Link', 'Drivers', 'Rounds'];

/** One transport on a page of its own. */
export const runPage: Writer = (report, look) => {
  const { columns } = look;
  const { rounds, scenario } = report;
  const valid = rounds.filter((round) => round.valid);
  const silent = isSilent(scenario);
  const broken = hasFaults(report);
  const subject = report.summaries.map(({ transport }) => nameOf(transport));
  const facts = silent ? silentFacts(rounds, valid, scenario) : factsOf(rounds, valid, scenario, look.cpu);
  const told = broken && !silent ? facts.filter(({ label }) => TOLD_WITH_FAULTS.includes(label)) : facts;
  return page([
    headLines(report, subject, look),
    absencesOf(report).flatMap((text) => wrap(text, columns)),
    ...(broken ? brokenParagraphs(report, look) : []),
    ...(silent || valid.length === 0 ? [] : spokenParagraphs(report, valid, look)),
    ...clusterParagraphs(report, look),
    factLines(told, look),
    noteLines(report, look),
    ...gateParagraphs(report, look),
  ]);
};

function spokenParagraphs(report: Report, valid: readonly Round[], look: Look): string[][] {
  const latency = latencyTable(valid, look);
  if (hasFaults(report)) return [latency];
  return [latency, phaseLines(report, look), histogramLines(valid, look), ledgerLines(valid, look)];
}

/** The window in a picture, each fault in a block, and that nothing is missing from the account. */
function brokenParagraphs(report: Report, look: Look): string[][] {
  return [seriesLines(report, look), ...blockLines(report, look), wrap(conservationOf(report), look.columns)];
}

/** What passes between the nodes, and each of them. */
function clusterParagraphs(report: Report, look: Look): string[][] {
  const nodes = report.rounds.flatMap((round) => nodeSheet(round) ?? []);
  return [
    ...clusterSheets(report).map((sheet) => sheetLines(sheet, look)),
    ...nodes.map((sheet) => sheetLines(sheet, look)),
    clusterSentences(report).flatMap((sentence) => wrap(sentence, look.columns)),
  ];
}

function latencyTable(valid: readonly Round[], { columns, chalk }: Look): string[] {
  const rows = latencyRows(valid);
  const drawn = [[], ...LATENCY_DROPS.map((_, index) => LATENCY_DROPS.slice(0, index + 1))].map((dropped) =>
    drawLatency(rows, dropped, chalk),
  );
  return drawn.find((lines) => fits(lines, columns)) ?? drawn.at(-1) ?? [];
}

function drawLatency(rows: readonly string[][], dropped: readonly string[], chalk: Look['chalk']): string[] {
  const styles = [chalk.reset, chalk.bold, chalk.dim];
  const kept = (_: string, place: number) => !dropped.includes(rows[0]?.[place] ?? '');
  return grid(
    rows.map((row, index) => {
      const style = styles[index] ?? chalk.dim;
      return row
        .filter(kept)
        .map((text, place) =>
          place === 0 ? { text: style(text), align: 'left' as const } : { text: ` ${style(text)}` },
        );
    }),
  );
}

function histogramLines(valid: readonly Round[], { columns, chalk }: Look): string[] {
  const merged = mergeHistograms(valid.map(({ latency }) => decodeHistogram(latency.hdr)));
  if (merged.totalCount === 0) return [];
  const title = `Witness latency, ${count(merged.totalCount)} messages in ${counted(valid.length, 'round')}`;
  return [
    ...wrap(title, columns),
    ...latencyBars(merged, columns).map((line) => line.replace(/[█▏▎▍▌▋▊▉]+/, (bar) => chalk.cyan(bar))),
  ];
}

function factLines(facts: readonly Fact[], { columns, chalk }: Look): string[] {
  return facts.flatMap(({ label, parts }) => {
    const lines = wrap(parts.join(' · '), columns - LABEL_WIDTH, ' · ');
    return lines.map((line, index) => chalk.bold((index === 0 ? label : '').padEnd(LABEL_WIDTH)) + line);
  });
}
