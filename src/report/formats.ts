import type { Advice } from '../measurements/advice.ts';
import type { Sweep } from '../measurements/sweep.ts';
import type { Trace } from '../measurements/trace/trace.ts';
import type { Capacity, Fallback, Report } from '../measurements.ts';
import * as adviceFiles from './advice/files.ts';
import { table as adviceTable } from './advice/page.ts';
import * as capacityFiles from './capacity/files.ts';
import { table as capacityTable } from './capacity/table.ts';
import { capacitySvg, svg, sweepSvg } from './charts/svg.ts';
import * as diffFiles from './diff/files.ts';
import type { Diff } from './diff/make.ts';
import { table as diffTable } from './diff/table.ts';
import * as fallbackFiles from './fallback/files.ts';
import { table as fallbackTable } from './fallback/table.ts';
import { csv } from './files/csv.ts';
import { json, ndjson } from './files/json.ts';
import { junit } from './files/junit.ts';
import { markdown } from './files/markdown.ts';
import { capacityHistories, histories } from './histories/index.ts';
import { adviceHtml, capacityHtml, diffHtml, fallbackHtml, reportHtml, sweepHtml } from './page/index.ts';
import * as sweepFiles from './sweep/files.ts';
import { table as sweepTable } from './sweep/page.ts';
import { table } from './terminal/index.ts';
import { table as traceTable } from './trace/drawing/index.ts';
import * as traceFiles from './trace/files.ts';
import { markdown as traceMarkdown } from './trace/markdown.ts';
import { mermaid } from './trace/mermaid.ts';
import { html as traceHtml } from './trace/page/index.ts';
import { pcapng } from './trace/pcapng/index.ts';
import { svg as traceSvg } from './trace/svg/index.ts';
import type {
  BytesWriter,
  CommonFormat,
  FormatName,
  FurtherFormat,
  LateWriter,
  Look,
  Writer,
} from './writer.ts';

/** A writer for each format that a result has. */
export type Formats<Subject> = Readonly<Record<CommonFormat, Writer<Subject>>> &
  Readonly<Partial<Record<FurtherFormat, Writer<Subject> | LateWriter<Subject>>>> & {
    readonly pcapng?: BytesWriter<Subject>;
  };

/** Every way to write a report. */
export const formats: Formats<Report> = {
  ...{ table, json, ndjson, csv, markdown, svg, junit, html: reportHtml },
  ...histories,
};

/** Every way to write what differs between two. */
export const diffFormats: Formats<Diff> = { table: diffTable, json, ...diffFiles, html: diffHtml };

/** Every way to write what a search for the capacity found. */
export const capacityFormats: Formats<Capacity> = {
  table: capacityTable,
  json,
  ...capacityFiles,
  ...capacityHistories,
  svg: capacitySvg,
  html: capacityHtml,
};

/** Every way to write which transports got through. */
export const fallbackFormats: Formats<Fallback> = {
  table: fallbackTable,
  json,
  ...fallbackFiles,
  html: fallbackHtml,
};

/** Every way to write a sweep. */
export const sweepFormats: Formats<Sweep> = {
  table: sweepTable,
  json,
  ...sweepFiles,
  svg: sweepSvg,
  html: sweepHtml,
};

/** Every way to write an advice. */
export const adviceFormats: Formats<Advice> = { table: adviceTable, json, ...adviceFiles, html: adviceHtml };

/** Every way to write what crossed between a client and its server. */
export const traceFormats: Formats<Trace> = {
  table: traceTable,
  json,
  ...traceFiles,
  markdown: traceMarkdown,
  mermaid,
  svg: traceSvg,
  html: traceHtml,
  pcapng,
};

const ENDINGS: Readonly<Record<string, FormatName>> = {
  txt: 'table',
  json: 'json',
  ndjson: 'ndjson',
  jsonl: 'ndjson',
  csv: 'csv',
  md: 'markdown',
  markdown: 'markdown',
  html: 'html',
  svg: 'svg',
  mmd: 'mermaid',
  pcapng: 'pcapng',
  xml: 'junit',
  prom: 'prometheus',
};

/** The writers of one result, which is given to them already. */
export function formatsOf<Result>(result: Result, writers: Formats<Result>): Formats<undefined> {
  const { table, json, ndjson, csv, markdown, ...further } = writers;
  const of =
    <Text>(write: (result: Result, look: Look) => Text) =>
    (_: undefined, look: Look) =>
      write(result, look);
  return {
    ...{ table: of(table), json: of(json), ndjson: of(ndjson), csv: of(csv), markdown: of(markdown) },
    ...Object.fromEntries(
      Object.entries(further).map(([name, write]) => [
        name,
        of<string | Promise<string> | Promise<Uint8Array>>(write),
      ]),
    ),
  };
}

/** The format that a file's ending asks for; undefined where it asks for none. */
export function formatOfFile(path: string): FormatName | undefined {
  const ending = /\.([^./\\]+)$/.exec(path)?.[1]?.toLowerCase() ?? '';
  return Object.hasOwn(ENDINGS, ending) ? ENDINGS[ending] : undefined;
}
