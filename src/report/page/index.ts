import type { Advice } from '../../measurements/advice.ts';
import type { Sweep } from '../../measurements/sweep.ts';
import type { Capacity, Fallback, Report } from '../../measurements.ts';
import type { Diff } from '../diff/make.ts';
import type { LateWriter } from '../writer.ts';

/** Each result as one HTML file; what makes it is only loaded when it is asked for. */
export const reportHtml: LateWriter<Report> = async (report, look) =>
  (await import('./results/report.ts')).reportPage(report, look);

export const sweepHtml: LateWriter<Sweep> = async (sweep) =>
  (await import('./results/sweep.ts')).sweepPage(sweep);

export const capacityHtml: LateWriter<Capacity> = async (capacity) =>
  (await import('./results/capacity.ts')).capacityPage(capacity);

export const fallbackHtml: LateWriter<Fallback> = async (found) =>
  (await import('./results/fallback.ts')).fallbackPage(found);

export const adviceHtml: LateWriter<Advice> = async (advice) =>
  (await import('./results/advice.ts')).advicePage(advice);

export const diffHtml: LateWriter<Diff> = async (diff, look) =>
  (await import('./results/diff.ts')).diffPage(diff, look);
