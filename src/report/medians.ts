import type { MetricKey, Round } from '../measurements.ts';
import { estimate, medianOf, metricOf } from '../stats/index.ts';
import { figure, NONE } from './numbers.ts';

/** The median over rounds of anything that a round can tell; undefined where none can. */
export function medianOver(
  rounds: readonly Round[],
  of: (round: Round) => number | null,
): number | undefined {
  return medianOf(rounds.map(of).filter((value) => value !== null));
}

/** A number as `show` writes it, or the dash. */
export function known(value: number | undefined, show: (value: number) => string): string {
  return value === undefined ? NONE : show(value);
}

/** A metric's median over rounds with its interval, in a unit so many times larger than its own. */
export function withInterval(rounds: readonly Round[], key: MetricKey, unit: string, times = 1): string {
  const values = rounds.map((round) => metricOf(round, key)).filter((value) => value !== null);
  const { median, low, high } = estimate(values) ?? { median: undefined, low: null, high: null };
  const told = `${known(median, (value) => figure(value / times))}${unit}`;
  return low === null || high === null ? told : `${told} (${figure(low / times)}–${figure(high / times)})`;
}

/** What crosses between server and clients, by what it is for; 0 where it cannot be had. */
export interface Ledger {
  readonly payload: number;
  readonly protocolUp: number;
  readonly protocolDown: number;
  /** Null where the kernel's counters cannot be had. */
  readonly tcpIp: number | null;
}

/** The ledger of some rounds for one of what `base` counts: medians, part by part. */
export function ledgerOf(rounds: readonly Round[], base: (round: Round) => number): Ledger {
  const each = (of: (bytes: Round['bytes']) => number | null) =>
    medianOver(rounds, (round) => {
      const amount = of(round.bytes);
      return amount === null || base(round) === 0 ? null : Math.max(0, amount / base(round));
    });
  return {
    payload: each(({ payload }) => payload) ?? 0,
    protocolUp: each(({ appUp }) => appUp) ?? 0,
    protocolDown: each(({ appDown, payload }) => appDown - payload) ?? 0,
    tcpIp: each(({ wire, appUp, appDown }) => (wire === null ? null : wire - appUp - appDown)) ?? null,
  };
}
