import type { Report } from '../../measurements.ts';
import { clean, counted } from './text.ts';

const DAY_MS = 86_400_000;

/** What is known of the instrument itself, in one part or, where a report is older than calibration, none. */
export function calibrationOf({
  calibration,
  calibrationMissing,
  startedAt,
}: Pick<Report, 'calibration' | 'calibrationMissing' | 'startedAt'>): string[] {
  if (calibration === null) {
    return calibrationMissing === null ? [] : [`${clean(calibrationMissing)}: run \`rtbench calibrate\``];
  }
  const { at, passed, checks, latencySlope, byteError } = calibration;
  const findings = [
    ...(latencySlope === null ? [] : [`latency ${latencySlope.toFixed(2)}`]),
    ...(byteError === null
      ? []
      : [byteError === 0 ? 'bytes exact' : `bytes ${byteError.toPrecision(2)} a message off`]),
    ...(passed < checks ? [`${checks - passed} of ${counted(checks, 'check')} failed`] : []),
  ];
  return [`calibrated ${agoOf(at, startedAt)} on this machine: ${findings.join(', ')}`];
}

function agoOf(at: string, now: string): string {
  const days = Math.floor((Date.parse(now) - Date.parse(at)) / DAY_MS);
  return days >= 1 ? `${counted(days, 'day')} ago` : 'today';
}
