const MS_PER: Readonly<Record<string, number>> = { us: 0.001, ms: 1, s: 1000, m: 60_000, h: 3_600_000 };
const BYTES_PER: Readonly<Record<string, number>> = { B: 1, KiB: 1024, MiB: 1024 ** 2 };

/** Reads `1500ms`, `2s`, `1.5m` or a plain `0`, in milliseconds; undefined where it is none of them. */
export function readDuration(text: string): number | undefined {
  if (text === '0') return 0;
  const [, amount, unit] = /^(\d+(?:\.\d+)?)(us|ms|s|m|h)$/.exec(text) ?? [];
  return amount === undefined || unit === undefined
    ? undefined
    : Number(amount) * (MS_PER[unit] ?? Number.NaN);
}

/** Reads `64`, `64B`, `64KiB` or `1MiB`, in bytes; undefined where it is none of them. */
export function readSize(text: string): number | undefined {
  const [, amount, unit = 'B'] = /^(\d+)(B|KiB|MiB)?$/.exec(text) ?? [];
  return amount === undefined ? undefined : Number(amount) * (BYTES_PER[unit] ?? Number.NaN);
}

/** Reads digits with an optional sign; undefined for anything else, also `1e9` and `0x10`. */
export function readWhole(text: string): number | undefined {
  return /^-?\d+$/.test(text) ? Number(text) : undefined;
}

/** Reads a plain decimal number; undefined for anything else, also `NaN` and `1e9`. */
export function readDecimal(text: string): number | undefined {
  return /^\d+(\.\d+)?$/.test(text) ? Number(text) : undefined;
}

/** Reads `5%` as 0.05; undefined where it is no percentage. */
export function readShare(text: string): number | undefined {
  const [, percent] = /^(\d+(?:\.\d+)?)%$/.exec(text) ?? [];
  return percent === undefined ? undefined : Number(percent) / 100;
}

const BITS_PER: Readonly<Record<string, number>> = { kbit: 1e3, mbit: 1e6, gbit: 1e9 };

/** Reads `500kbit`, `10mbit`, `1gbit` or a plain `0`, in bits per second; undefined where it is none of them. */
export function readBandwidth(text: string): number | undefined {
  if (text === '0') return 0;
  const [, amount, unit = ''] = /^(\d+(?:\.\d+)?)(kbit|mbit|gbit)$/i.exec(text) ?? [];
  return amount === undefined ? undefined : Number(amount) * (BITS_PER[unit.toLowerCase()] ?? Number.NaN);
}
