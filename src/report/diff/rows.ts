import type { Comparison, MetricKey } from '../../measurements.ts';
import { metrics } from '../../stats/index.ts';
import { type CpuUnit, cpuUnits } from '../writer.ts';
import type { Diff, Figures } from './make.ts';

/** One line of the diff's table. */
export interface DiffRow extends Figures {
  readonly label: string;
  readonly unit: string;
  /** Absent where a figure is zero: then there is no ratio. */
  readonly comparison?: Comparison;
}

const LEADING = ['latencyP50Ms', 'latencyP99Ms', 'appBytesPerMessage', 'wireBytesPerMessage'] as const;
/** Where no message was due. */
const SILENT = [
  'serverCpuPerClientMinuteMs',
  'appBytesPerClientMinute',
  'wireBytesPerClientMinute',
  'requestsPerClientMinute',
] as const;
const FOLLOWING = ['requestsPerMessage', 'memoryPerClientBytes', 'connectP50Ms'] as const;

/** The lines that people see, transport by transport; without those that are zero on both sides. */
export function rowsOf({ figures, comparisons }: Diff, cpu: CpuUnit = cpuUnits.yardstick): DiffRow[] {
  const silent = !figures.some(({ metric }) => metric === 'appBytesPerMessage');
  const shown: readonly MetricKey[] = [...(silent ? SILENT : [...LEADING, cpu.metric]), ...FOLLOWING];
  const transports = [...new Set(figures.map(({ transport }) => transport))];
  return transports.flatMap((name) =>
    shown.flatMap((key) => {
      const found = figures.find(({ transport, metric }) => transport === name && metric === key);
      if (found === undefined || (found.before === 0 && found.after === 0)) return [];
      const { label, unit } = metrics[key];
      const comparison = comparisons.find(({ transport, metric }) => transport === name && metric === key);
      const row = { ...found, label, unit: key === cpu.metric ? cpu.unit : unit };
      return [comparison === undefined ? row : { ...row, comparison }];
    }),
  );
}
