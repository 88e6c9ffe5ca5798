import { describe, expect, test } from 'vitest';
import type { FaultName, FaultResult, Round } from '../../src/measurements.ts';
import { allGone } from '../marked.ts';
import { rtbench } from '../rtbench.ts';

const CLIENTS = 20;

/** Measures one round of each transport while things go wrong; checks what must hold whatever went wrong. */
async function roundsUnder(
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

function resultOf(round: Round | undefined, name: FaultName): FaultResult {
  const found = round?.faults.find(({ fault }) => fault === name);
  if (found === undefined) throw new Error(`nothing is told of ${name}`);
  return found;
}

function codes(round: Round | undefined): string[] {
  return round?.flags.map(({ code }) => code) ?? [];
}

describe.concurrent('what goes wrong', { timeout: 90_000 }, () => {
  test('with the server: killed, and ended in good order', async () => {
    const faults = 'server-kill at 300ms for 100ms, server-restart at 4s for 100ms';
    const rounds = await roundsUnder(faults, 'ws,longpoll', '--duration', '5s');
    for (const transport of ['websocket', 'longpoll']) {
      const round = rounds.get(transport);
      const killed = resultOf(round, 'server-kill');
      expect(killed).toMatchObject({ reconnected: CLIENTS, silentClients: 0 });
      expect(killed.clientsNoticed.clients).toBe(CLIENTS);
      expect(killed.recovered.clients).toBe(CLIENTS);
      expect(killed.lost).toBeGreaterThan(0);
      const restarted = resultOf(round, 'server-restart');
      expect(restarted.clientsNoticed.clients).toBe(CLIENTS);
      expect(restarted.serverNoticed.clients).toBe(CLIENTS);
      expect(round?.series?.open.slice(0, 3)).not.toContain(null);
      expect(round?.series?.open).toContain(null);
      expect(codes(round)).not.toContain('clients-dropped');
      expect(codes(round)).not.toContain('server-died');
    }
  });

  test('with the link, and a server that is frozen: what comes back by itself loses nothing', async () => {
    const link = 'storm at 300ms, link-cut at 1300ms for 100ms, link-slow at 2500ms for 200ms';
    const faults = `${link}, client-stall at 3s for 200ms, server-freeze at 3300ms for 200ms`;
    const rounds = await roundsUnder(faults, 'ws,longpoll', '--duration', '3700ms');
    const [websocket, longpoll] = [rounds.get('websocket'), rounds.get('longpoll')];
    for (const name of ['link-cut', 'storm'] as const) {
      expect(resultOf(websocket, name)).toMatchObject({ reconnected: CLIENTS, resumed: 0 });
      expect(resultOf(longpoll, name)).toMatchObject({ reconnected: 0, resumed: CLIENTS });
    }
    expect(resultOf(websocket, 'link-cut').lost).toBeGreaterThan(0);
    expect(longpoll?.delivery.lost).toBe(0);
    for (const name of ['link-slow', 'client-stall', 'server-freeze'] as const) {
      for (const round of [websocket, longpoll]) {
        expect(resultOf(round, name)).toMatchObject({ lost: 0, reconnected: 0 });
      }
    }
    const [frozen] = websocket?.series?.arrived.slice(34, 35) ?? [];
    expect(frozen).toBe(0);
  });

  test('with what passes: held back, refused, swallowed', async () => {
    const faults =
      'buffering at 300ms for 500ms, upgrade-200 at 1s for 100ms, link-hole at 2s for 200ms, upgrade-dropped at 4s';
    const alive = ['--heartbeat', '300ms/300ms', '--duration', '4500ms'];
    const rounds = await roundsUnder(faults, 'ws,sse', ...alive);
    const [websocket, sse] = [rounds.get('websocket'), rounds.get('sse')];
    expect(websocket?.series?.arrived.slice(4, 7)).not.toEqual([0, 0, 0]);
    expect(sse?.series?.arrived.slice(4, 7)).toEqual([0, 0, 0]);
    for (const round of [websocket, sse]) expect(resultOf(round, 'buffering').lost).toBe(0);
    for (const name of ['upgrade-200', 'upgrade-dropped'] as const) {
      expect(resultOf(websocket, name).clientsNoticed.clients).toBe(CLIENTS);
      expect(resultOf(websocket, name).lost).toBeGreaterThan(0);
      expect(resultOf(sse, name)).toMatchObject({ lost: 0, reconnected: 0, resumed: 0 });
    }
    // What lived in the hole stays dead, and only a heartbeat finds that out.
    expect(resultOf(websocket, 'link-hole')).toMatchObject({ reconnected: CLIENTS, resumed: 0 });
    expect(resultOf(websocket, 'link-hole').lost).toBeGreaterThan(0);
    expect(resultOf(sse, 'link-hole')).toMatchObject({ reconnected: 0, resumed: CLIENTS, lost: 0 });
  });

  test('with upgrades from the beginning: socket.io delivers by polling, and websocket nothing', async () => {
    const rounds = await roundsUnder('upgrade-403 at start', 'ws,socketio', '--duration', '500ms');
    const socketio = rounds.get('socketio');
    expect(socketio?.delivery).toMatchObject({ delivered: CLIENTS * 10, lost: 0 });
    expect(codes(socketio)).not.toContain('transport-mismatch');
    expect(socketio?.requests).toBeGreaterThan(CLIENTS);
    const websocket = rounds.get('websocket');
    expect(websocket?.delivery).toMatchObject({ delivered: 0, lost: CLIENTS * 10 });
    expect(websocket?.flags.find(({ code }) => code === 'transport-mismatch')?.fatal).toBe(false);
    expect(resultOf(websocket, 'upgrade-403').failedAttempts).toBeGreaterThan(0);
  });
});
