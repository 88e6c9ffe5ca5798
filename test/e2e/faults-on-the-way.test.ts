import { describe, expect, test } from 'vitest';
import { CLIENTS, codes, resultOf, roundsUnder } from './under-faults.ts';

describe.concurrent('what goes wrong on the way', { timeout: 90_000 }, () => {
  test('with what passes: held back, refused, swallowed', async () => {
    const faults =
      'buffering at 300ms for 500ms, upgrade-200 at 1s for 100ms, link-hole at 2s for 200ms, upgrade-dropped at 4s';
    const alive = ['--heartbeat', '500ms/500ms', '--duration', '4500ms'];
    const rounds = await roundsUnder(faults, 'ws,sse', ...alive);
    const [websocket, sse] = [rounds.get('websocket'), rounds.get('sse')];
    expect(websocket?.series?.arrived.slice(4, 7)).not.toEqual([0, 0, 0]);
    expect(sse?.series?.arrived.slice(4, 7)).toEqual([0, 0, 0]);
    expect(resultOf(sse, 'buffering').lost).toBe(0);
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
