import { readdirSync, readFileSync } from 'node:fs';
import { nowNs } from '../clock.ts';
import { TICK_US } from '../host-load.ts';
import type { CpuReading } from '../meter.ts';

/** What the processes of a group have used of the CPU until now. */
export function readGroup(group: number): CpuReading {
  const used = readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? usedBy(group, name) : []));
  return {
    atNs: nowNs(),
    userUs: used.reduce((sum, { userUs }) => sum + userUs, 0),
    systemUs: used.reduce((sum, { systemUs }) => sum + systemUs, 0),
  };
}

function usedBy(group: number, process: string): readonly Pick<CpuReading, 'userUs' | 'systemUs'>[] {
  let text: string;
  try {
    text = readFileSync(`/proc/${process}/stat`, 'utf8');
  } catch {
    return []; // It has ended since.
  }
  // A program's name may hold anything; the fields after it are numbers.
  const [, , ofGroup, ...fields] = text.slice(text.lastIndexOf(')') + 2).split(' ');
  if (Number(ofGroup) !== group) return [];
  const [user = 0, system = 0] = fields.slice(8).map(Number);
  return [{ userUs: user * TICK_US, systemUs: system * TICK_US }];
}
