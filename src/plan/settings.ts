import { METRIC_KEYS, type MetricKey } from '../measurements.ts';
import { type Field, fields, type Setting, type Settings } from './fields/index.ts';
import type { Until } from './plan.ts';
import { readDuration, readShare } from './units.ts';
import { expected, suggestion } from './wording.ts';

/** Settings as somebody wrote them; what is absent was not written. */
export type WrittenSettings = Readonly<Partial<Record<Setting, string>>>;

/** The names of all settings, in the order that the help shows them. */
export const settingNames: readonly Setting[] = Object.keys(fields).filter(
  (name): name is Setting => name in fields,
);

/** Reads written settings; `subject` names one in the sentence about a bad value. */
export function readSettings(
  written: WrittenSettings,
  subject: (field: Field<unknown>) => string,
): Partial<Settings> {
  const settings: Writable<Partial<Settings>> = {};
  const apart = withHeartbeatApart(written);
  for (const name of settingNames) readInto(settings, name, apart[name], subject);
  return settings;
}

/** `5s/2s` is an interval and its time-out, which a text of its own would win over. */
function withHeartbeatApart(written: WrittenSettings): WrittenSettings {
  const [, timeout] = written.heartbeatMs?.split('/') ?? [];
  return timeout === undefined ? written : { heartbeatTimeoutMs: timeout.trim(), ...written };
}

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };

function readInto<Name extends Setting>(
  settings: { [S in Name]?: Settings[S] },
  name: Name,
  text: string | undefined,
  subject: (field: Field<unknown>) => string,
): void {
  if (text === undefined) return;
  const field: Field<Settings[Name]> = fields[name];
  const value = field.read(text);
  if (value === undefined) throw expected(subject(field), field.expected, text);
  settings[name] = value;
}

/** When `--rounds auto` stops, as typed; what is absent was not typed. */
export interface WrittenUntil {
  readonly precision?: string;
  readonly precisionOf?: string;
  readonly maxTime?: string;
}

const DEFAULTS = { precision: '5%', precisionOf: 'serverCpuPerMessageUs', maxTime: '3m' };
const PRECISION = { least: 0.001, most: 1 };
const MAX_TIME_MS = { least: 1000, most: 24 * 3_600_000 };

/** Reads when to stop; null where the rounds are counted, and then nothing of it may be typed. */
export function readUntil(written: WrittenUntil, isAuto: boolean): Until | null {
  if (isAuto) {
    const { precision, precisionOf, maxTime } = { ...DEFAULTS, ...written };
    return {
      metric: metricNamed(precisionOf, '--precision-of'),
      precision: within(readShare(precision), PRECISION, '--precision', 'from 0.1% to 100%', precision),
      maxTimeMs: readMaxTime(maxTime),
    };
  }
  for (const [option, value] of [
    ['--precision', written.precision],
    ['--precision-of', written.precisionOf],
    ['--max-time', written.maxTime],
  ] as const) {
    if (value !== undefined) throw expected(option, 'left out, or to come with --rounds auto', value);
  }
  return null;
}

function within(
  value: number | undefined,
  { least, most }: { readonly least: number; readonly most: number },
  option: string,
  what: string,
  got: string,
): number {
  if (value === undefined || value < least || value > most) throw expected(option, what, got);
  return value;
}

/** Reads how long a measurement may take, in milliseconds. */
export function readMaxTime(text: string): number {
  return within(readDuration(text), MAX_TIME_MS, '--max-time', 'a time from 1s to 24h', text);
}

/** The metric of that name; `option` is what asked for it. */
export function metricNamed(name: string, option: string): MetricKey {
  const key = METRIC_KEYS.find((metric) => metric === name);
  if (key !== undefined) return key;
  throw expected(option, `one of ${METRIC_KEYS.join(', ')}`, name, suggestion(name, METRIC_KEYS));
}
