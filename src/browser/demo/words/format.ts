/** Figures as they are written in a language. */
export function formats(language: string) {
  const whole = new Intl.NumberFormat(language, { maximumFractionDigits: 0 });
  const short = new Intl.NumberFormat(language, { maximumSignificantDigits: 3 });
  const round = (value: number) => (value >= 100 ? whole : short).format(value);
  return {
    count: (value: number) => whole.format(value),
    number: round,
    bytes(value: number): string {
      if (value < 1_000) return `${whole.format(value)} B`;
      if (value < 1_000_000) return `${round(value / 1_000)} kB`;
      return `${round(value / 1_000_000)} MB`;
    },
    time(ms: number): string {
      if (ms < 10) return `${short.format(Number(ms.toFixed(1)))} ms`;
      if (ms < 1_000) return `${whole.format(ms)} ms`;
      return `${short.format(ms / 1_000)} s`;
    },
  };
}
