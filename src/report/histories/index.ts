import { bencher, capacityBencher } from './bencher.ts';
import { benchmarkBigger, benchmarkSmaller, capacityBigger } from './benchmark.ts';
import { capacityPrometheus, prometheus } from './prometheus.ts';

/** What services read that keep the figures of many runs. */
export const histories = {
  prometheus,
  bencher,
  'benchmark-smaller': benchmarkSmaller,
  'benchmark-bigger': benchmarkBigger,
};

/** The same of capacities, which are all better when they are bigger. */
export const capacityHistories = {
  prometheus: capacityPrometheus,
  bencher: capacityBencher,
  'benchmark-bigger': capacityBigger,
};
