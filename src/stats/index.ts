export {
  compareBy,
  compareMetric,
  compareRounds,
  compareTogether,
  summarize,
  transportsOf,
  yardstickOf,
} from './compare.ts';
export { diffRounds } from './diff.ts';
export { driverBytesPerClient, driverOverServer, driverUsPerMessage } from './driver.ts';
export {
  createHistogram,
  decodeHistogram,
  encodeHistogram,
  type Histogram,
  latencyOf,
  mergeHistograms,
  recordUs,
  SAMPLES_NEEDED,
  stepsOf,
} from './histogram.ts';
export { medianOf } from './inference/bootstrap.ts';
export { estimate } from './inference/estimate.ts';
export { fitLine } from './inference/line.ts';
export { metricOf, metrics } from './metrics.ts';
export { precisionOf } from './precision.ts';
export { seededRandom, shuffled } from './random.ts';
