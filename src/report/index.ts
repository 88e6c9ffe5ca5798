export { featuresOf } from './advice/features.ts';
export { roundsOf as roundsOfAdvice } from './advice/page.ts';
export { answerText, flipText, reasonsFor } from './advice/words.ts';
export { chartNames, isChartName } from './charts/index.ts';
export { makeDiff } from './diff/make.ts';
export { fitted } from './files/fitted.ts';
export {
  adviceFormats,
  capacityFormats,
  diffFormats,
  type Formats,
  fallbackFormats,
  formatOfFile,
  formats,
  sweepFormats,
  traceFormats,
} from './formats.ts';
export { gateLines } from './gates/lines.ts';
export { readReport } from './reading/report.ts';
export { readSaved, type Saved } from './reading/saved.ts';
export { adviceJsonSchema } from './schema/advice.ts';
export { capacityJsonSchema, capacitySchema } from './schema/capacity.ts';
export { fallbackJsonSchema } from './schema/fallback.ts';
export { calibrationSchema } from './schema/head.ts';
export { reportJsonSchema } from './schema/index.ts';
export { sweepJsonSchema } from './schema/sweep.ts';
export { traceJsonSchema } from './trace/schema.ts';
export {
  type BytesWriter,
  type CpuUnit,
  cpuUnits,
  type LateWriter,
  type Look,
  type Writer,
} from './writer.ts';
