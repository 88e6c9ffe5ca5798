import type { Flag } from '../../measurements.ts';
import type { Bench } from '../bench.ts';
import type { Check } from '../check.ts';

/** The flags of a round whose driver stood still. */
export interface Blocked {
  readonly blockMs: number;
  readonly valid: boolean;
  readonly flags: readonly Flag[];
}

/** A driver's loop is blocked: the round must be invalid, and the driver named for it, not the server. */
export const clientStall: Check<Blocked> = {
  name: 'client-stall',
  meaning: 'a load generator that cannot keep up is named, and its round does not count',
  expectedMs: { quick: 1400, full: 2200 },
  async gather(bench: Bench) {
    const durationMs = bench.quick ? 500 : 1000;
    const blockMs = durationMs * 0.8;
    const settings = { clients: 40, ratePerSecond: 20, durationMs };
    const [round] = await bench.run([
      { transport: 'websocket', settings, variation: { drivers: { blockMs }, cold: true } },
    ]);
    if (round === undefined) throw new Error('the round with a blocked driver did not end');
    return { blockMs, valid: round.valid, flags: round.flags };
  },
  judge({ blockMs, valid, flags }) {
    const codes = flags.filter(({ fatal }) => fatal).map(({ code }) => code);
    const blamed = codes.find((code) => code === 'driver-saturated' || code === 'witness-late');
    const faults = [
      ...(blamed === undefined ? ['no flag names the driver whose loop was blocked'] : []),
      ...(valid ? ['the round with a blocked driver counts as valid'] : []),
      ...(flags.some(({ code }) => code === 'server-saturated') ? ['the server was blamed'] : []),
    ];
    return { figure: `${blamed ?? 'unnoticed'}, ${valid ? 'valid' : 'invalid'} (${blockMs} ms)`, faults };
  },
  mutants: [
    {
      what: "the driver's own lateness is not read",
      of: (evidence) => ({
        ...evidence,
        flags: evidence.flags.filter(({ code }) => code !== 'driver-saturated' && code !== 'witness-late'),
      }),
    },
    { what: 'a fatal flag leaves the round valid', of: (evidence) => ({ ...evidence, valid: true }) },
  ],
};
