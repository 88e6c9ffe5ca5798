import type { Report } from '../../measurements.ts';
import type { LateWriter } from '../writer.ts';

/** A report as one HTML file; what draws it is only loaded when it is asked for. */
export const reportHtml: LateWriter<Report> = async (report, look) =>
  (await import('./results/report.ts')).reportPage(report, look);
