import { answerOf, roundsOf as roundsOfAdvice } from '../advice/page.ts';
import { sentencesOf as capacitySentences, workOf as capacityWork } from '../capacity/words.ts';
import type { Chart } from '../charts/chart.ts';
import { capacityCharts, chartsOf, sweepChartsOf } from '../charts/index.ts';
import { sentencesOf as fallbackSentences, workOf as fallbackWork } from '../fallback/words.ts';
import {
  adviceFormats,
  capacityFormats,
  type Formats,
  fallbackFormats,
  formats,
  formatsOf,
  sweepFormats,
  traceFormats,
} from '../formats.ts';
import { adviceSchema } from '../schema/advice.ts';
import { capacitySchema } from '../schema/capacity.ts';
import { fallbackSchema } from '../schema/fallback.ts';
import { reportSchema, SCHEMA_NAME } from '../schema/index.ts';
import { sweepSchema } from '../schema/sweep.ts';
import { crossingSentences } from '../sweep/crossing-words.ts';
import { nodeSentences } from '../sweep/nodes.ts';
import { roundsOf as roundsOfSweep } from '../sweep/page.ts';
import { slopeSentences } from '../sweep/slope-words.ts';
import { shownAxis } from '../sweep/values.ts';
import { traceSchema } from '../trace/schema.ts';
import { sentencesOf as traceSentences, headOf as traceWork } from '../trace/words.ts';
import { workloadOf } from '../words/header.ts';
import { nameOf } from '../words/labels.ts';
import type { Result } from '../writer.ts';
import { check, parse, unknownVersion, versionOf } from './report.ts';
import { shortOf } from './short.ts';

/** A result that was read: what it tells of itself, and every way to write it. */
export interface Saved {
  readonly kind: 'report' | 'sweep' | 'capacity' | 'fallback' | 'advice' | 'trace';
  readonly result: Result;
  /** What was done, each part on its own. */
  readonly work: readonly string[];
  /** What came of it, the most telling sentence first. */
  sentences(): readonly string[];
  charts(): readonly Chart[];
  readonly formats: Formats<undefined>;
}

const kinds: Readonly<Record<string, (found: unknown) => Saved>> = {
  [SCHEMA_NAME](found) {
    const report = check(found, reportSchema, ({ rounds }) => rounds);
    const transports = report.summaries.map(({ transport }) => nameOf(transport)).join(', ');
    return {
      kind: 'report',
      result: report,
      work: [...workloadOf(report), transports],
      sentences: () => shortOf(report),
      charts: () => chartsOf(report),
      formats: formatsOf(report, formats),
    };
  },
  'rtbench/sweep@1'(found) {
    const sweep = check(found, sweepSchema, roundsOfSweep);
    const varied = sweep.vary.map(({ field }) => field);
    const whole = { ...sweep, rounds: roundsOfSweep(sweep) };
    return {
      kind: 'sweep',
      result: sweep,
      work: [`sweep of ${sweep.vary.map(shownAxis).join(' and ')}`, ...workloadOf(whole, varied)],
      sentences: () => [...nodeSentences(sweep), ...crossingSentences(sweep), ...slopeSentences(sweep)],
      charts: () => sweepChartsOf(sweep),
      formats: formatsOf(sweep, sweepFormats),
    };
  },
  'rtbench/capacity@1'(found) {
    const capacity = check(found, capacitySchema, () => []);
    return {
      kind: 'capacity',
      result: capacity,
      work: capacityWork(capacity),
      sentences: () => capacity.transports.flatMap((one) => capacitySentences(capacity, one)),
      charts: () => capacityCharts(capacity),
      formats: formatsOf(capacity, capacityFormats),
    };
  },
  'rtbench/fallback@1'(found) {
    const fallback = check(found, fallbackSchema, () => []);
    return {
      kind: 'fallback',
      result: fallback,
      work: fallbackWork(fallback),
      sentences: () => fallbackSentences(fallback),
      charts: () => [],
      formats: formatsOf(fallback, fallbackFormats),
    };
  },
  'rtbench/advice@1'(found) {
    const advice = check(found, adviceSchema, roundsOfAdvice);
    return {
      kind: 'advice',
      result: advice,
      work: ['advice', ...workloadOf(advice)],
      sentences: () => [answerOf(advice)],
      charts: () => [],
      formats: formatsOf(advice, adviceFormats),
    };
  },
  'rtbench/trace@1'(found) {
    const trace = check(found, traceSchema, () => []);
    return {
      kind: 'trace',
      result: trace,
      work: traceWork(trace),
      sentences: () => traceSentences(trace),
      charts: () => [],
      formats: formatsOf(trace, traceFormats),
    };
  },
};

/** The result in a text, of whichever command; the error names the first field that is wrong. */
export function readSaved(text: string): Saved {
  const found = parse(text);
  const version = versionOf(found);
  const read = typeof version === 'string' && Object.hasOwn(kinds, version) ? kinds[version] : undefined;
  if (read === undefined) throw unknownVersion(version, Object.keys(kinds));
  return read(found);
}
