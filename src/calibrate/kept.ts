import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import * as z from 'zod';
import { messageOf } from '../errors.ts';
import { describeMachine } from '../instrument/machine.ts';
import type { Calibration, Machine, Report } from '../measurements.ts';
import { calibrationSchema } from '../report/index.ts';

type Env = Readonly<Record<string, string | undefined>>;
type Where = { readonly rtbench: string; readonly machine: Machine };
type Fingerprint = z.infer<typeof fingerprintSchema>;

/** What a calibration holds for: the same machine, running the same. */
const fingerprintSchema = z.object({
  cpu: z.string(),
  cores: z.number(),
  os: z.string(),
  node: z.string(),
  rtbench: z.string(),
});
const keptSchema = z.object({ fingerprint: fingerprintSchema, calibration: calibrationSchema });

/** Where the last calibration is kept. */
export function calibrationFile(env: Env): string {
  // The standard has no use for relative paths.
  const state = env.XDG_STATE_HOME?.startsWith('/') ? env.XDG_STATE_HOME : join(homedir(), '.local', 'state');
  return join(state, 'rtbench', 'calibration.json');
}

/** Keeps a calibration; answers why it could not, or null. */
export function keepCalibration(calibration: Calibration, where: Where, env: Env): string | null {
  const file = calibrationFile(env);
  const temporary = `${file}.${randomBytes(4).toString('hex')}.tmp`;
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(
      temporary,
      `${JSON.stringify({ fingerprint: fingerprintOf(where), calibration }, null, 2)}\n`,
    );
    renameSync(temporary, file);
    return null;
  } catch (error) {
    rmSync(temporary, { force: true });
    return messageOf(error);
  }
}

/** The last calibration of the machine that this runs on. */
export function calibratedHere(env: Env): ReturnType<typeof loadCalibration> {
  return loadCalibration(describeMachine(null, null), env);
}

/** The last calibration where it counts for this machine, or the reason why there is none; never fails. */
export function loadCalibration(where: Where, env: Env): Pick<Report, 'calibration' | 'calibrationMissing'> {
  const missing = (calibrationMissing: string) => ({ calibration: null, calibrationMissing });
  let text: string;
  try {
    text = readFileSync(calibrationFile(env), 'utf8');
  } catch (error) {
    const isAbsent = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    return missing(isAbsent ? 'never calibrated on this machine' : 'the calibration file cannot be read');
  }
  const kept = parse(text);
  if (kept === undefined) return missing('the calibration file cannot be read');
  const other = differenceOf(kept.fingerprint, fingerprintOf(where));
  return other === undefined ? { calibration: kept.calibration, calibrationMissing: null } : missing(other);
}

function parse(text: string): z.infer<typeof keptSchema> | undefined {
  try {
    return keptSchema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

function fingerprintOf({ rtbench, machine: { cpu, cores, os, node } }: Where): Fingerprint {
  return { cpu, cores, os, node, rtbench };
}

function differenceOf(kept: Fingerprint, here: Fingerprint): string | undefined {
  const differs = (key: keyof Fingerprint) => kept[key] !== here[key];
  if (differs('cpu') || differs('cores') || differs('os')) return 'calibrated on another machine';
  if (differs('node')) return 'calibrated with another Node';
  return differs('rtbench') ? 'calibrated by another rtbench' : undefined;
}
