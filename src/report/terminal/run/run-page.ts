import type { Round } from '../../../measurements.ts';
import { decodeHistogram, mergeHistograms } from '../../../stats/index.ts';
import { count } from '../../numbers.ts';
import { isSilent } from '../../silence.ts';
import { nameOf } from '../../words/labels.ts';
import { absencesOf } from '../../words/sentences.ts';
import { counted, wrap } from '../../words/text.ts';
import type { Look, Writer } from '../../writer.ts';
import { fits, grid } from '../grid.ts';
import { headLines, noteLines, page } from '../page.ts';
import { phaseLines } from '../phase-table.ts';
import { type Fact, factsOf } from './facts.ts';
import { latencyBars } from './latency-bars.ts';
import { LATENCY_DROPS, latencyRows } from './latency-rows.ts';
import { ledgerLines } from './ledger-bar.ts';
import { silentFacts } from './silence.ts';

const LABEL_WIDTH = 13;

/** One transport on a page of its own. */
export const runPage: Writer = (report, look) => {
  const { columns } = look;
  const valid = report.rounds.filter((round) => round.valid);
  const silent = isSilent(report.scenario);
  const spoken = silent ? [] : valid;
  const subject = report.summaries.map(({ transport }) => nameOf(transport));
  return page([
    headLines(report, subject, look),
    absencesOf(report).flatMap((text) => wrap(text, columns)),
    spoken.length === 0 ? [] : latencyTable(spoken, look),
    spoken.length === 0 ? [] : phaseLines(report, look),
    spoken.length === 0 ? [] : histogramLines(spoken, look),
    spoken.length === 0 ? [] : ledgerLines(spoken, look),
    factLines(silent ? silentFacts(report.rounds, valid) : factsOf(report.rounds, valid, look.cpu), look),
    noteLines(report, look),
  ]);
};

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
