import type { Estimate } from '../measurements.ts';
import { seededRandom } from './random.ts';

const RESAMPLES = 2000;
const CONFIDENCE = 0.95;
const FEWEST_VALUES = 3;
/** Fixed, so that the same rounds always give the same interval. */
const SEED = 1;

/** The middle value; undefined where there is none. */
export function medianOf(values: readonly number[]): number | undefined {
  return middle(Float64Array.from(values).sort());
}

/** The median with its percentile-bootstrap 95% interval; undefined without values, no interval below three. */
export function estimate(values: readonly number[]): Estimate | undefined {
  const median = medianOf(values);
  if (median === undefined) return undefined;
  if (values.length < FEWEST_VALUES) return { median, low: null, high: null };
  const medians = resampledMedians(values);
  const tail = Math.floor((RESAMPLES * (1 - CONFIDENCE)) / 2);
  return { median, low: medians.at(tail) ?? null, high: medians.at(-1 - tail) ?? null };
}

function resampledMedians(values: readonly number[]): Float64Array {
  const random = seededRandom(SEED);
  const resample = new Float64Array(values.length);
  const draw = () => values[Math.floor(random() * values.length)] ?? Number.NaN;
  return Float64Array.from({ length: RESAMPLES }, () => {
    for (let index = 0; index < resample.length; index++) resample[index] = draw();
    return middle(resample.sort()) ?? Number.NaN;
  }).sort();
}

function middle(sorted: Float64Array): number | undefined {
  const low = sorted[Math.floor((sorted.length - 1) / 2)];
  const high = sorted[Math.floor(sorted.length / 2)];
  return low === undefined || high === undefined ? undefined : (low + high) / 2;
}
