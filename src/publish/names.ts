import { posix } from 'node:path';
import { RtbenchError } from '../errors.ts';
import type { Head, Machine } from '../measurements.ts';
import type { Saved } from '../report/index.ts';
import { clean, counted } from '../report/words/text.ts';

/** Longer names are cut: folders and files must be nameable everywhere. */
const LONGEST = 60;
/** What the run's own files are called, and what some systems do not take. */
const RESERVED = /^(readme|index|latest|con|prn|aux|nul|com\d|lpt\d)$/;

/** A text as a part of a file's name: small letters, digits and hyphens; empty where none is left. */
export function slug(text: string): string {
  const words = text
    .normalize('NFKD')
    .toLowerCase()
    .match(/[a-z0-9]+/g);
  return (words ?? []).join('-').slice(0, LONGEST).replace(/-$/, '');
}

/** A result's name: that of its file, or, without one, of its scenario or kind. */
export function resultName(file: string | null, { kind, result }: Saved): string {
  const own = file === null ? '' : slug(posix.basename(file.replaceAll('\\', '/')).replace(/\.[^.]*$/, ''));
  const told = kind === 'report' ? slug(result.scenario.name) : kind;
  const name = own || told || kind;
  return RESERVED.test(name) ? `${name}-result` : name;
}

/** The same names, told apart by a number where there are several of one. */
export function distinct(names: readonly string[]): string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    const free = numbered(name, (candidate) => !taken.has(candidate));
    taken.add(free);
    return free;
  });
}

/** The name, or the first of `name-2`, `name-3` and so on that will do. */
export function numbered(name: string, willDo: (candidate: string) => boolean): string {
  for (let number = 1; ; number++) {
    const candidate = number === 1 ? name : `${name}-${number}`;
    if (willDo(candidate)) return candidate;
  }
}

/** `2026-11-21-amd-epyc-2-cores`, of the first of its results, and behind it the run's own name. */
export function runName(heads: readonly Head[], machine: string, name: string | undefined): string {
  const first = heads.map(dayOf).toSorted()[0] ?? '';
  return [first, machine, ...(name === undefined ? [] : [name])].join('-');
}

/** A machine that nobody has named, by its CPU and its cores. */
export function machineName({ cpu, cores }: Machine): string {
  const plain = cpu.replace(/\((r|tm)\)|@.*|\b(processor|cpu)\b/gi, ' ');
  return `${slug(plain) || 'machine'}-${slug(counted(cores, 'core'))}`;
}

function dayOf({ startedAt }: Head): string {
  const [day] = /^\d{4}-\d\d-\d\d/.exec(timeText(startedAt)) ?? [];
  if (day !== undefined) return day;
  throw new RtbenchError(
    'report',
    'Expected results to tell when they were measured, but startedAt is no time',
  );
}

/** `2026-11-21 08:17 UTC`; as it is where it is no time. */
export function timeText(text: string): string {
  const at = new Date(text);
  return Number.isNaN(at.getTime()) ? clean(text) : `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
