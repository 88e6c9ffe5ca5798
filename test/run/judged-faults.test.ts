import { describe, expect, it } from 'vitest';
import type { TroubleShare } from '../../src/clients/protocol.ts';
import type { Fault, ResolvedScenario, Round } from '../../src/measurements.ts';
import { assemble } from '../../src/run/judge/assemble.ts';
import type { Evidence } from '../../src/run/judge/evidence.ts';
import { clientsShare, evidence, ns, serverShare, timelineOf, trouble, us } from './evidence.ts';

const KILL: Fault = { fault: 'server-kill', atMs: 500, forMs: 400, node: 1 };
const STORM: Fault = { fault: 'storm', atMs: 1450, forMs: 0, node: 1 };
const STRUCK: Evidence['struck'] = [
  { fault: KILL, beganNs: ns(510), endedNs: ns(930) },
  { fault: STORM, beganNs: ns(1451), endedNs: ns(1451) },
];
const timeline = timelineOf(2000);
const perStep = (of: (step: number) => number) => Array.from({ length: 20 }, (_, step) => of(step));

/** Ten clients of two processes: what is due from 500 to 1000 ms is lost to all, and one message to three after that. */
const delivered = (clients: number) =>
  perStep((step) => (step >= 5 && step < 10 ? 0 : clients - (step === 16 ? 1 : 0)));

function shareOf(own: Partial<TroubleShare>, clients: number) {
  const counts = delivered(clients);
  return clientsShare(timeline, {
    delivered: counts.reduce((sum, count) => sum + count, 0),
    dropped: { reset: 3 },
    trouble: trouble(20, {
      delivered: counts,
      arrived: counts,
      latencySumUs: counts.map((n) => n * 2000),
      ...own,
    }),
  });
}

function roundOf(scenario: Partial<ResolvedScenario> = {}, own: Partial<Evidence> = {}): Round {
  const witness = shareOf(
    {
      turns: [
        { index: 0, atUs: us(400), what: 'noticed' },
        { index: 0, atUs: us(450), what: 'reconnected' },
        { index: 0, atUs: us(530), what: 'noticed' },
        { index: 1, atUs: us(610), what: 'noticed' },
        { index: 1, atUs: us(700), what: 'failed' },
        { index: 1, atUs: us(710), what: 'failed' },
        { index: 1, atUs: us(960), what: 'reconnected' },
        { index: 0, atUs: us(970), what: 'resumed' },
        { index: 1, atUs: us(1455), what: 'noticed' },
      ],
      faults: [
        { delivered: 15, late: 2, duplicated: 1, firstArrivalsUs: [us(950), us(1030)] },
        { delivered: 14, late: 0, duplicated: 0, firstArrivalsUs: [us(1550)] },
      ],
      latencyMaxUs: perStep((step) => step * 1000),
      connected: perStep(() => 3),
    },
    3,
  );
  const driver = shareOf(
    {
      faults: [
        { delivered: 28, late: 1, duplicated: 0, firstArrivalsUs: [us(925)] },
        { delivered: 41, late: 0, duplicated: 2, firstArrivalsUs: [] },
      ],
      latencyMaxUs: perStep(() => 500),
      connected: perStep(() => 7),
    },
    7,
  );
  const server = serverShare(timeline, {
    closingsUs: [us(515), us(520), us(1470)],
    steps: perStep((step) => step).map((step) =>
      step >= 5 && step < 9 ? null : { open: step, cpuUs: step === 19 ? 50_000 : 10_000 },
    ),
  });
  return assemble(
    evidence(
      { faults: [KILL, STORM], clients: 10, ...scenario },
      { struck: STRUCK, witness, drivers: [driver], server, servers: [server], ...own },
    ),
  );
}

const codes = (round: Round) => round.flags.map(({ code }) => code);

describe('what a fault did', () => {
  const round = roundOf();
  const [kill, storm] = round.faults;

  it('is told from its real beginning and end', () => {
    expect(kill).toMatchObject({ fault: 'server-kill', beganMs: 510, endedMs: 930 });
    expect(kill?.clientsNoticed).toEqual({ clients: 2, p50Ms: 20, p99Ms: 100, maxMs: 100 });
    expect(kill?.serverNoticed).toMatchObject({ clients: 2, p50Ms: 5, maxMs: 10 });
    // One came before the real end, though after the planned one.
    expect(kill?.recovered).toMatchObject({ clients: 3, p50Ms: 20, maxMs: 100 });
    expect(kill).toMatchObject({ silentClients: 7, resumed: 1, reconnected: 1, failedAttempts: 2 });
    expect(storm?.clientsNoticed).toMatchObject({ clients: 1, maxMs: 4 });
    expect(storm?.recovered).toMatchObject({ clients: 1, maxMs: 99 });
  });

  it('accounts for every message, by when it was due, with what was under way', () => {
    const calm = 10 * 4;
    expect(kill).toMatchObject({ expected: 100, delivered: 43, lost: 57, late: 3, duplicated: 1 });
    expect(storm).toMatchObject({ expected: 60, delivered: 55, lost: 5, late: 0, duplicated: 2 });
    const sum = (what: 'expected' | 'delivered' | 'lost') => (kill?.[what] ?? 0) + (storm?.[what] ?? 0);
    expect(round.delivery.expected).toBe(200);
    expect(sum('expected') + calm).toBe(round.delivery.expected);
    expect(round.delivery.delivered + round.delivery.lost).toBe(round.delivery.expected);
  });

  it('dates the loss, in its own stretch only', () => {
    expect(kill).toMatchObject({ firstLostMs: 550, lastLostMs: 950 });
    expect(storm).toMatchObject({ firstLostMs: 1650, lastLostMs: 1650 });
  });

  it('tells the most that the server did meanwhile', () => {
    expect(kill).toMatchObject({ peakCoreShare: 0.1, peakOpen: 14 });
    expect(storm).toMatchObject({ peakCoreShare: 0.5, peakOpen: 19 });
  });

  it('is nothing that one noticed where it was there before the clients came', () => {
    const standing: Fault = { fault: 'upgrade-403', atMs: null, forMs: null, node: 1 };
    const struck = [{ fault: standing, beganNs: ns(-900), endedNs: null }];
    const [result] = roundOf({ faults: [standing] }, { struck }).faults;
    expect(result).toMatchObject({ beganMs: null, endedMs: null, silentClients: 0, expected: 200 });
    expect(result?.clientsNoticed.clients).toBe(0);
    expect(result?.recovered.clients).toBe(0);
  });
});

describe('the window step by step', () => {
  const { series } = roundOf();

  it('has what was due and lost in each step, and what arrived', () => {
    expect(series?.expected).toEqual(perStep(() => 10));
    expect(series?.lost).toEqual(perStep((step) => (step >= 5 && step < 10 ? 10 : step === 16 ? 2 : 0)));
    expect(series?.arrived[4]).toBe(10);
    expect(series?.latencyMeanMs.slice(4, 6)).toEqual([2, null]);
    expect(series?.latencyMaxMs.slice(4, 6)).toEqual([4, null]);
    expect(series?.connected).toEqual(perStep(() => 10));
  });

  it('has gaps where no server could be asked', () => {
    expect(series?.open.slice(3, 10)).toEqual([3, 4, null, null, null, null, 9]);
    expect(series?.coreShare.slice(4, 6)).toEqual([0.1, null]);
  });

  it('is left out where nothing goes wrong', () => {
    const round = assemble(evidence());
    expect(round.series).toBeNull();
    expect(round.faults).toEqual([]);
  });
});

describe('a round with faults', () => {
  it('is valid though messages are lost and clients dropped', () => {
    const round = roundOf();
    expect(round.delivery.lost).toBe(52);
    expect(codes(round)).not.toContain('messages-lost');
    expect(codes(round)).not.toContain('clients-dropped');
    expect(round.valid).toBe(true);
  });

  it('is invalid where messages were lost more than a second before the first fault', () => {
    const late = { ...KILL, atMs: 1700, forMs: 100 };
    const struck = [{ fault: late, beganNs: ns(1700), endedNs: ns(1800) }];
    expect(roundOf({ faults: [late] }, { struck }).flags).toContainEqual({
      code: 'messages-lost',
      fatal: true,
      message: '20 of 70 deliveries never arrived though they were due long before the first fault',
    });
  });

  it('is not judged by what its fault did to the server, but by its drivers', () => {
    const stopped = serverShare(timeline, {
      said: { ...serverShare(timeline).said, slipP50Ms: 5, slipP90Ms: 900, slipP99Ms: 1000 },
      loopDelayP99Ms: 1000,
    });
    const busy = clientsShare(timeline, {
      readings: [0, 1e6, 2e6, 2e6].map((userUs, index) => ({ atNs: ns(index * 1000), userUs, systemUs: 0 })),
      trouble: trouble(20),
    });
    const freeze = { ...KILL, fault: 'server-freeze' } as const;
    const round = roundOf({ faults: [freeze] }, { server: stopped, drivers: [busy] });
    expect(codes(round)).not.toContain('generator-slipped');
    expect(codes(round)).not.toContain('server-saturated');
    expect(round.flags.find(({ code }) => code === 'driver-saturated')?.fatal).toBe(true);
    const calm = assemble(evidence({}, { server: stopped }));
    expect(calm.flags.find(({ code }) => code === 'generator-slipped')?.fatal).toBe(true);
  });

  it('tells of a server that ended by itself, and is no less valid for it where there are faults', () => {
    const deaths = [{ node: 2, atNs: ns(1530), why: 'TimeoutError: no answer' }];
    const round = roundOf({ nodes: 3 }, { deaths });
    const message = 'node 2 ended by itself 1.5 s into the window: TimeoutError: no answer';
    expect(round.flags).toContainEqual({ code: 'server-died', message, fatal: false });
    expect(round.valid).toBe(true);
    const calm = assemble(evidence({ nodes: 3 }, { deaths }));
    expect(calm.flags).toContainEqual({ code: 'server-died', message, fatal: true });
  });

  it('doubts and no more where a refused upgrade keeps clients away', () => {
    const standing: Fault = { fault: 'upgrade-403', atMs: null, forMs: null, node: 1 };
    const { connected } = evidence();
    const round = roundOf({ faults: [standing] }, { connected: { ...connected, carrying: {} } });
    const message = 'only 0 of 10 clients were carried by websocket (none by anything)';
    expect(round.flags).toContainEqual({ code: 'transport-mismatch', message, fatal: false });
  });
});
