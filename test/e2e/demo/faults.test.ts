import { describe, expect, test } from 'vitest';
import { chromiumPath } from '../../page/chromium.ts';
import { allReceive, eventually, LANES, lane, lanes, slide, useDemo } from './house.ts';

const RATE_TWENTY = 7;

describe.skipIf(chromiumPath === undefined)('what is done to the lanes, in a real browser', () => {
  const { visit } = useDemo();

  test('WebSocket blocked: socket.io goes on by polling, the raw one cannot; allowed again, it comes back', async () => {
    const { page, troubles } = await visit();
    await slide(page, 'eventsPerSecond', RATE_TWENTY);
    await eventually(() => lane(page, 'socketio')).toMatchObject({ state: 'websocket' });
    await page.getByRole('button', { name: 'Block WebSocket' }).click();
    await eventually(() => lane(page, 'socketio')).toMatchObject({ state: 'polling' });
    const { received } = await lane(page, 'socketio');
    await eventually(async () => (await lane(page, 'socketio')).received).toBeGreaterThan(received + 20);
    expect(await lane(page, 'websocket')).toMatchObject({ state: 'reconnecting …' });
    const said = 'socket.io fell back to polling because WebSocket is blocked.';
    await eventually(() => page.locator('.scoreboard').textContent()).toContain(said);
    await page.getByRole('button', { name: 'Allow WebSocket' }).click();
    await eventually(() => lane(page, 'websocket')).toMatchObject({ state: 'websocket' });
    expect(troubles).toEqual([]);
  });

  test('the network cut and mended: no lane is stuck, and each shows what it lost', async () => {
    const { page, troubles } = await visit();
    await slide(page, 'eventsPerSecond', RATE_TWENTY);
    await allReceive(page, 5);
    await page.getByRole('button', { name: 'Cut the network' }).click();
    for (const name of LANES)
      await eventually(() => lane(page, name)).toMatchObject({ state: 'reconnecting …' });
    const before = await lanes(page);
    await page.getByRole('button', { name: 'Restore the network' }).click();
    await allReceive(page, Math.max(...LANES.map((name) => before[name].received)) + 20);
    const after = await lanes(page);
    const lost = LANES.filter((name) => after[name].lost > before[name].lost);
    expect(lost).toEqual(['streaming', 'websocket', 'socketio']);
    const told = /^The network was cut for .* lost \d+.*; polling and long polling none\.$/;
    await eventually(() => page.locator('.newest').textContent()).toMatch(told);
    expect(troubles).toEqual([]);
  });

  test('the server restarted: every lane is back', async () => {
    const { page, troubles } = await visit();
    await slide(page, 'eventsPerSecond', RATE_TWENTY);
    await allReceive(page, 5);
    await page.getByRole('button', { name: 'Restart the server' }).click();
    const told = 'The server is back, and so is everybody who comes back.';
    await eventually(() => page.locator('.scoreboard').textContent()).toContain(told);
    const { polling } = await lanes(page);
    await allReceive(page, polling.received + 20);
    expect(troubles).toEqual([]);
  });
});
