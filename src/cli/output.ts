import { realpath, stat } from 'node:fs/promises';
import { expected, suggestion, systemReason } from '../plan/wording.ts';
import {
  type BytesWriter,
  type CpuUnit,
  chartNames,
  cpuUnits,
  type Formats,
  formatOfFile,
  isChartName,
  type LateWriter,
  type Writer,
} from '../report/index.ts';
import { tryToWrite, writeWhole } from '../whole-files.ts';
import { openSummary } from './github/summary.ts';
import { lookOf, plainLook } from './look.ts';
import { print } from './print.ts';

/** Where a command was told to put its data. */
export interface OutputOptions {
  readonly out?: readonly string[];
  readonly format?: string;
  readonly json?: boolean;
  readonly color?: boolean;
  readonly cpuUnit?: string;
  readonly chart?: string;
  readonly summary?: boolean;
  readonly full?: boolean;
}

/** Checked places for a report: standard output in one format, and files by their endings. */
export interface Output<Subject> {
  /** Writes the files, then standard output. */
  write(subject: Subject): Promise<void>;
}

/** Checks formats and files before anything runs, so that no result is lost after a minute of work. */
export async function openOutput<Subject>(
  options: OutputOptions,
  formats: Formats<Subject>,
): Promise<Output<Subject>> {
  const { out = [], format, json, color, chart, full } = options;
  const further = {
    ...chooseCpuUnit(options.cpuUnit),
    ...chooseChart(chart),
    ...(full && { isFull: true }),
  };
  if (format === 'pcapng' && !json && process.stdout.isTTY) {
    throw expected(
      '--format',
      'a text, as a terminal cannot show a capture (give --out FILE.pcapng)',
      format,
    );
  }
  const chosen = chooseFormat('--format', json ? 'json' : (format ?? 'table'), formats);
  const files = await Promise.all(out.map((place) => checkFile(place, formats)));
  const summarize = options.summary ? await openSummary(process.env.GITHUB_STEP_SUMMARY) : undefined;
  return {
    async write(subject) {
      const failures: unknown[] = [];
      for (const file of files) {
        try {
          const content = await file.write(subject, { ...plainLook, ...further });
          writeWhole([{ path: file.path, content }]);
        } catch (error) {
          // What can still be written is: the result may be minutes of work.
          failures.push(error);
        }
      }
      await summarize?.(formats.markdown(subject, { ...plainLook, ...further }));
      await print(await chosen(subject, { ...lookOf(process.stdout, color, process.env), ...further }));
      if (failures.length > 0) throw failures[0];
    },
  };
}

type AnyWriter<Subject> = Writer<Subject> | LateWriter<Subject> | BytesWriter<Subject>;

/** The writer of that name; `subject` is the option that it was given to. */
export function chooseFormat<Subject>(
  subject: string,
  name: string,
  formats: Formats<Subject>,
): AnyWriter<Subject> {
  const writers: Readonly<Partial<Record<string, AnyWriter<Subject>>>> = formats;
  const write = Object.hasOwn(writers, name) ? writers[name] : undefined;
  if (write !== undefined) return write;
  const names = Object.keys(formats);
  throw expected(subject, `one of ${names.join(', ')}`, name, suggestion(name, names));
}

function chooseCpuUnit(name: string | undefined): { readonly cpu?: CpuUnit } {
  if (name === undefined) return {};
  if (name === 'us' || name === 'yardstick') return { cpu: cpuUnits[name] };
  throw expected('--cpu-unit', 'us or yardstick', name);
}

/** Whether this very result has that picture is known once it is there. */
function chooseChart(name: string | undefined): { readonly chart?: string } {
  if (name === undefined) return {};
  if (isChartName(name)) return { chart: name };
  throw expected('--chart', `one of ${chartNames.join(', ')}`, name, suggestion(name, chartNames));
}

/** A place as `--out` takes it: `FORMAT:FILE`, or a file whose ending says the format. */
function splitPlace(place: string): { readonly path: string; readonly format: string } {
  const [, named, rest] = /^([a-z-]{3,}):(.+)$/s.exec(place) ?? [];
  if (named !== undefined && rest !== undefined) return { path: rest, format: named };
  const format = formatOfFile(place);
  if (format !== undefined) return { path: place, format };
  const endings = '.json, .ndjson, .csv, .md, .txt, .html, .svg, .xml, .prom, .pcapng';
  throw expected('--out', `FORMAT:FILE, or a file whose ending names a format (${endings})`, place);
}

async function checkFile<Subject>(
  place: string,
  formats: Formats<Subject>,
): Promise<{ readonly path: string; readonly write: AnyWriter<Subject> }> {
  const { path, format } = splitPlace(place);
  const write = chooseFormat('--out', format, formats);
  const target = await realpath(path).catch(() => path);
  const existing = await stat(target).catch(() => undefined);
  if (existing && !existing.isFile()) throw expected('--out', 'a file', path);
  try {
    // A directory's permissions do not tell it all (read-only disks, quotas): try, and leave nothing behind.
    tryToWrite(target);
  } catch (error) {
    throw expected('--out', 'a file that can be written', path, ` (${systemReason(error)})`);
  }
  return { path: target, write };
}
