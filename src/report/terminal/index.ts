import type { Writer } from '../writer.ts';
import { compareTable } from './compare-table.ts';
import { runPage } from './run/run-page.ts';

/** What a person reads: one transport's page, or several side by side. */
export const table: Writer = (report, look) =>
  report.summaries.length === 1 ? runPage(report, look) : compareTable(report, look);
