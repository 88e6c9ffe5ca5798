const STEPS = 1024;

/** The value that Student's t with so many degrees of freedom stays below with probability `share`, from a half up. */
export function studentQuantile(share: number, freedom: number): number {
  // With t = √freedom · tan(angle) the density becomes a power of the cosine, on an interval that ends.
  const step = Math.PI / 2 / STEPS;
  const density = Float64Array.from(
    { length: STEPS },
    (_, index) => Math.cos((index + 0.5) * step) ** (freedom - 1),
  );
  const wanted = (2 * share - 1) * density.reduce((sum, part) => sum + part, 0);
  let passed = 0;
  for (const [index, part] of density.entries()) {
    if (passed + part >= wanted) {
      return Math.sqrt(freedom) * Math.tan((index + (wanted - passed) / part) * step);
    }
    passed += part;
  }
  return Number.POSITIVE_INFINITY;
}

/** The probability that a standard normal value lies at least so far from zero, either way. */
export function normalTails(distance: number): number {
  // Abramowitz and Stegun 7.1.26, good to seven decimals.
  const x = Math.abs(distance) / Math.SQRT2;
  const t = 1 / (1 + 0.3275911 * x);
  const series = [1.061405429, -1.453152027, 1.421413741, -0.284496736, 0.254829592];
  return series.reduce((sum, factor) => (sum + factor) * t, 0) * Math.exp(-x * x);
}
