import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { chromiumPath } from '../../page/chromium.ts';
import { allReceive, eventually, LANES, lane, lanes, slide, useDemo } from './house.ts';

/** Steps of the sliders. */
const RATE = { none: 0, onePerSecond: 3, twentyPerSecond: 7 };
const POLL = { twoSeconds: 4, tenthOfASecond: 0 };
const POLL_MS = 2_000;

describe.skipIf(chromiumPath === undefined)('the lanes, in a real browser', () => {
  const { visit } = useDemo(['--rate', '0']);

  test('every lane receives every event: polling when it asks, the others as it comes', async () => {
    const { page, troubles } = await visit();
    await slide(page, 'pollIntervalMs', POLL.twoSeconds);
    await allReceive(page, 0);
    await eventually(() => lane(page, 'socketio')).toMatchObject({ state: 'websocket' });
    await slide(page, 'eventsPerSecond', RATE.twentyPerSecond);
    await allReceive(page, 50);
    await slide(page, 'eventsPerSecond', RATE.none);
    // All lanes began to listen before there was anything.
    await eventually(
      async () => new Set(Object.values(await lanes(page)).map(({ received }) => received)).size,
    ).toBe(1);
    const shown = await lanes(page);
    expect(LANES.map((name) => shown[name].lost)).toEqual([0, 0, 0, 0, 0]);
    const { polling, websocket } = shown;
    expect(polling.minuteMs).toBeGreaterThan(websocket.minuteMs);
    expect(polling.minuteMs).toBeLessThan(POLL_MS + 20 * websocket.minuteMs);
    expect(troubles).toEqual([]);
  });

  test('while nothing happens polling asks in vain, and nobody else asks', async () => {
    const { page } = await visit();
    await slide(page, 'eventsPerSecond', RATE.none);
    await slide(page, 'pollIntervalMs', POLL.tenthOfASecond);
    await eventually(() => lane(page, 'socketio')).toMatchObject({ state: 'websocket' });
    const before = await lanes(page);
    await eventually(async () => (await lane(page, 'polling')).empty).toBeGreaterThan(
      before.polling.empty + 10,
    );
    const after = await lanes(page);
    expect(after.longpoll.requests - before.longpoll.requests).toBeLessThanOrEqual(1);
    expect(after.streaming.requests).toBe(before.streaming.requests);
    expect(after.websocket.requests).toBe(before.websocket.requests);
    await eventually(() => page.locator('.scoreboard').textContent()).toContain('Nothing happens');
  });

  test('what is said over one lane comes by all, as text whatever it is', async () => {
    const { page, troubles } = await visit();
    const hostile = '<img src=x onerror=alert(1)>'.repeat(7);
    const heights = () =>
      page.evaluate('[...document.querySelectorAll(".lane")].map(({ offsetHeight }) => offsetHeight)');
    // Nobody is told what was said before it came.
    await allReceive(page, 0);
    const before = await heights();
    await page.locator('[data-lane="websocket"] .say input').fill(hostile);
    await page.keyboard.press('Enter');
    for (const name of LANES) {
      const heard = page.locator(`[data-lane="${name}"] .heard`);
      await eventually(() => heard.textContent()).toBe(`WebSocket: ${hostile}`);
    }
    expect(await page.locator('main img').count()).toBe(0);
    expect(await heights()).toEqual(before);
    expect(troubles).toEqual([]);
  });

  test('streaming is by fetch or by EventSource', async () => {
    const { page, troubles } = await visit();
    await slide(page, 'eventsPerSecond', RATE.twentyPerSecond);
    await allReceive(page, 1);
    await page.locator('.switch label', { hasText: 'EventSource' }).click();
    await eventually(() => lane(page, 'streaming')).toMatchObject({ state: 'streaming, SSE', lost: 0 });
    await eventually(async () => (await lane(page, 'streaming')).received).toBeGreaterThan(5);
    expect(troubles).toEqual([]);
  });

  test('every slider has a name and tells its value', async () => {
    const { page } = await visit();
    const names = ['Events', 'Size of an event', 'Poll interval', 'Added round trip'];
    const values = names.map((name) =>
      page.getByRole('slider', { name, exact: true }).getAttribute('aria-valuetext'),
    );
    for (const value of await Promise.all(values)) expect(value).toMatch(/^(none|\+?[\d.]+ (\/ s|k?B|m?s))$/);
  });

  test('figures of more than this page say so', async () => {
    const [{ page }] = [await visit(), await visit()];
    const together = page.locator('[data-lane="polling"] .together');
    await eventually(() => together.textContent()).toMatch(/all 2 visitors/);
  });

  test('it speaks Korean to who asks for it, and changes at once', async () => {
    const { page } = await visit({ locale: 'ko-KR' });
    expect(await page.locator('html').getAttribute('lang')).toBe('ko');
    expect(await page.locator('#lane-longpoll').textContent()).toBe('롱 폴링');
    await page.getByLabel('언어').selectOption('en');
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
    expect(await page.locator('#lane-longpoll').textContent()).toBe('Long polling');
  });

  test('a phone shows it without scrolling sideways', async () => {
    const { page } = await visit({ viewport: { width: 360, height: 740 } });
    await page.locator('.controls summary').click();
    for (const locale of ['en', 'ko']) {
      await page.locator('header select').first().selectOption(locale);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
    }
  });

  test('axe finds nothing in light or dark', async () => {
    const axe = await readFile(new URL(import.meta.resolve('axe-core/axe.min.js')), 'utf8');
    for (const colorScheme of ['light', 'dark'] as const) {
      const { page } = await visit({ colorScheme });
      await slide(page, 'eventsPerSecond', RATE.onePerSecond);
      await allReceive(page, 1);
      await page.evaluate(axe);
      const found = await page.evaluate<{ id: string; nodes: { html: string }[] }[]>(
        'axe.run().then(({ violations }) => violations)',
      );
      expect(found.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
    }
  });
});
