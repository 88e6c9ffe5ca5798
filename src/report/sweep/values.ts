import type { Values, Varied } from '../../measurements/sweep.ts';
import { bandwidth, count, duration, percentage, plain } from '../numbers.ts';
import { clean } from '../words/text.ts';

const KIB = 1024;

/** A value of a varied field as a person says it. */
export function shownValue({ field, names }: Pick<Varied, 'field' | 'names'>, value: number): string {
  return names === null ? shownNumber(field, value) : clean(names[value] ?? '');
}

/** Its unit stands in the field's name. */
function shownNumber(field: string, value: number): string {
  if (field === 'ratePerSecond') return `${plain(value)} msg/s`;
  if (field.endsWith('Ms')) return duration(value);
  if (field.endsWith('BitsPerSecond')) return bandwidth(value);
  if (field.endsWith('Bytes')) return sizeOf(value);
  if (field === 'churnPerSecond' || field === 'stormShare') return `${percentage(value)}%`;
  return count(value);
}

/** A field and what it was: `clients 100`. */
export function shownSetting(varied: Varied, value: number): string {
  return `${clean(varied.option)} ${shownValue(varied, value)}`;
}

/** What the other varied fields were, as it begins a sentence: `poll-interval 100 ms: `; empty where there are none. */
export function shownPlace(at: Values, vary: readonly Varied[]): string {
  const parts = vary.flatMap((varied) => {
    const value = at[varied.field];
    return value === undefined ? [] : [shownSetting(varied, value)];
  });
  return parts.length === 0 ? '' : `${parts.join(', ')}: `;
}

/** A varied field and all it took: `rate 1 msg/s, 10 msg/s, 50 msg/s`. */
export function shownAxis(varied: Varied): string {
  return `${clean(varied.option)} ${varied.values.map((value) => shownValue(varied, value)).join(', ')}`;
}

/** One step of a field, as it reads after "per further". */
export function stepOf({ field, option }: Varied): string {
  if (field === 'clients') return 'client';
  if (field === 'ratePerSecond') return 'msg/s';
  if (field === 'payloadBytes') return 'byte of payload';
  return field.endsWith('Ms') ? `ms of ${clean(option)}` : clean(option);
}

function sizeOf(bytes: number): string {
  if (bytes >= KIB ** 2 && bytes % KIB ** 2 === 0) return `${bytes / KIB ** 2} MiB`;
  return bytes >= KIB && bytes % KIB === 0 ? `${bytes / KIB} KiB` : `${count(bytes)} B`;
}
