import { randomBytes } from 'node:crypto';
import { open, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { RtbenchError } from '../errors.ts';
import { expected, suggestion, systemReason } from '../plan/wording.ts';
import {
  type CpuUnit,
  cpuUnits,
  type FormatName,
  type Formats,
  formatOfFile,
  formats as reportFormats,
} from '../report/index.ts';
import { lookOf, plainLook } from './look.ts';
import { print } from './print.ts';

/** Where a command was told to put its data. */
export interface OutputOptions {
  readonly out?: readonly string[];
  readonly format?: string;
  readonly json?: boolean;
  readonly color?: boolean;
  readonly cpuUnit?: string;
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
  const { out = [], format, json, color } = options;
  const cpu = chooseCpuUnit(options.cpuUnit);
  const chosen = chooseFormat(json ? 'json' : (format ?? 'table'));
  const files = await Promise.all(out.map(checkFile));
  return {
    async write(subject) {
      for (const file of files) {
        await replaceFile(file.path, formats[file.format](subject, { ...plainLook, ...cpu }));
      }
      await print(formats[chosen](subject, { ...lookOf(process.stdout, color, process.env), ...cpu }));
    },
  };
}

const isFormat = (name: string): name is FormatName => Object.hasOwn(reportFormats, name);

function chooseFormat(name: string): FormatName {
  if (isFormat(name)) return name;
  const names = Object.keys(reportFormats);
  throw expected('--format', `one of ${names.join(', ')}`, name, suggestion(name, names));
}

function chooseCpuUnit(name: string | undefined): { readonly cpu?: CpuUnit } {
  if (name === undefined) return {};
  if (name === 'us' || name === 'yardstick') return { cpu: cpuUnits[name] };
  throw expected('--cpu-unit', 'us or yardstick', name);
}

async function checkFile(path: string): Promise<{ path: string; format: FormatName }> {
  const format = formatOfFile(path);
  if (format === undefined) {
    throw expected('--out', 'a file whose ending names a format (.json, .ndjson, .csv, .md, .txt)', path);
  }
  const target = await realpath(path).catch(() => path);
  const existing = await stat(target).catch(() => undefined);
  if (existing && !existing.isFile()) throw expected('--out', 'a file', path);
  try {
    // A directory's permissions do not tell it all (read-only disks, quotas): try, and leave nothing behind.
    await writeBeside(target, '', (temporary) => rm(temporary));
  } catch (error) {
    throw expected('--out', 'a file that can be written', path, ` (${systemReason(error)})`);
  }
  return { path: target, format };
}

async function replaceFile(path: string, text: string): Promise<void> {
  try {
    await writeBeside(path, text, (temporary) => rename(temporary, path));
  } catch (error) {
    throw new RtbenchError('output', `Could not write ${path}: ${systemReason(error)}`, { cause: error });
  }
}

/** Writes a temporary file in the same folder, so that the final name never shows half a report. */
async function writeBeside(
  path: string,
  text: string,
  then: (temporary: string) => Promise<void>,
): Promise<void> {
  const temporary = join(dirname(path), `.${basename(path)}.${randomBytes(4).toString('hex')}.tmp`);
  const file = await open(temporary, 'wx');
  try {
    await file.writeFile(text).finally(() => file.close());
    await then(temporary);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
