import { expect } from 'vitest';
import type { FaultName, FaultResult, Round } from '../../src/measurements.ts';
import { allGone } from '../marked.ts';
import { rtbench } from '../rtbench.ts';

export const CLIENTS = 20;

/** Measures one round of each transport while things go wrong; checks what must hold whatever went wrong. */
export async function roundsUnder(
  faults: string,
  transports: string,
  ...options: readonly string[]
): Promise<Map<string, Round>> {
  const mark = `faults-${faults.replaceAll(/\W+/g, '-')}-${process.pid}`;
  const load = ['--clients', String(CLIENTS), '--rate', '20', '--rounds', '1'];
  const call = ['compare', '--transports', transports, '--faults', faults, ...load, ...options, '--json'];
  const { code, stdout, stderr } = await rtbench(call, { RTBENCH_TEST_MARK: mark });
  expect(stderr).not.toContain('rtbench:');
  expect(code).toBe(0);
  expect(await allGone(mark)).toBe(true);
  const rounds: readonly Round[] = JSON.parse(stdout).rounds;
  const [, calmMs = '0'] = /at (\d+)ms/.exec(faults) ?? [];
  for (const round of rounds) checkAccount(round, Number(calmMs));
  return new Map(rounds.map((round) => [round.transport, round]));
}

/** Every message is either delivered or lost, and the loss has its date. */
function checkAccount({ delivery, faults, series }: Round, calmMs: number): void {
  const sum = (values: readonly number[] = []) => values.reduce((total, value) => total + value, 0);
  expect(delivery.delivered + delivery.lost).toBe(delivery.expected);
  expect(sum(series?.expected)).toBe(delivery.expected);
  expect(sum(series?.lost)).toBe(delivery.lost);
  const lostInCalm = sum(series?.lost.slice(0, calmMs / (series?.stepMs ?? 1)));
  expect(lostInCalm + sum(faults.map(({ lost }) => lost))).toBe(delivery.lost);
  for (const fault of faults) {
    expect(fault.delivered + fault.lost).toBe(fault.expected);
    expect(fault.firstLostMs === null).toBe(fault.lost === 0);
  }
}

/** What one fault of a round did. */
export function resultOf(round: Round | undefined, name: FaultName): FaultResult {
  const found = round?.faults.find(({ fault }) => fault === name);
  if (found === undefined) throw new Error(`nothing is told of ${name}`);
  return found;
}

/** The codes of a round's flags. */
export function codes(round: Round | undefined): string[] {
  return round?.flags.map(({ code }) => code) ?? [];
}
