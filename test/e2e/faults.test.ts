import { describe, expect, test } from 'vitest';
import { CLIENTS, codes, resultOf, roundsUnder } from './under-faults.ts';

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
      expect(round?.series?.open.slice(0, 2)).not.toContain(null);
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
});
