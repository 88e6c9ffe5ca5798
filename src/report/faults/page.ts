import type { Report } from '../../measurements.ts';
import { sheetLines } from '../terminal/sheet.ts';
import type { Look } from '../writer.ts';
import { livenessSentences, livenessSheets } from './liveness.ts';
import { matrixLines } from './matrix.ts';
import { isOnlyRedis } from './outcome.ts';
import { conservationOf, faultSentences } from './words.ts';

/** What went wrong by transport, as paragraphs; without what is only told of nodes. */
export function faultParagraphs(report: Report, look: Look): string[][] {
  const sheets = livenessSheets(report);
  if (sheets.length > 0) return sheets.map((sheet) => sheetLines(sheet, look));
  return isOnlyRedis(report) ? [] : [matrixLines(report, look)];
}

/** The findings in sentences, and that nothing is missing from the account. */
export function troubleSentences(report: Report): string[] {
  const findings = isOnlyRedis(report) ? [] : [...livenessSentences(report), ...faultSentences(report)];
  return [...findings, conservationOf(report)].filter((sentence) => sentence !== '');
}
